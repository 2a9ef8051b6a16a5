package dev.towline.edge;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code DateTime}: an {@link Instant} in whole milliseconds, RFC 3339 on the wire, answers in UTC. */
final class DateTimeScalar implements Coercing<Instant, String> {

    static final GraphQLScalarType TYPE = GraphQLScalarType.newScalar()
            .name("DateTime")
            .coercing(new DateTimeScalar())
            .build();

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static final String EXPECTED = "A DateTime is RFC 3339, such as 2026-03-21T14:05:09.120Z.";

    private static final int LAST_YEAR = 9999;

    @Override
    public String serialize(Object result, GraphQLContext context, Locale locale) {
        if (result instanceof Instant instant) {
            return MILLISECONDS.format(instant);
        }
        throw new CoercingSerializeException("not an instant");
    }

    @Override
    public Instant parseValue(Object input, GraphQLContext context, Locale locale) {
        Instant instant = input instanceof String text ? parse(text) : null;
        if (instant == null) {
            throw new CoercingParseValueException(EXPECTED);
        }
        return instant;
    }

    @Override
    public Instant parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        Instant instant = input instanceof StringValue text && text.getValue() != null ? parse(text.getValue()) : null;
        if (instant == null) {
            throw new CoercingParseLiteralException(EXPECTED);
        }
        return instant;
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return StringValue.of(input instanceof Instant instant ? MILLISECONDS.format(instant) : input.toString());
    }

    private static @Nullable Instant parse(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            boolean fourDigitYear = time.getYear() >= 0 && time.getYear() <= LAST_YEAR;
            return fourDigitYear ? time.toInstant().truncatedTo(ChronoUnit.MILLIS) : null;
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
