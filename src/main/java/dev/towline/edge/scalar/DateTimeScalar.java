package dev.towline.edge.scalar;

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
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scalar {@code DateTime}: an {@link Instant} in milliseconds, in the format of RFC 3339. Output is in UTC.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, 5.6</a>
 */
public final class DateTimeScalar implements Coercing<Instant, String> {

    public static final GraphQLScalarType TYPE = GraphQLScalarType.newScalar()
            .name("DateTime")
            .coercing(new DateTimeScalar())
            .build();

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The predicate of a message about an invalid value. */
    public static final String EXPECTED = "must be an RFC 3339 date-time such as 2026-03-21T14:05:09.120Z.";

    /** The production {@code date-time} of section 5.6. */
    private static final Pattern RFC_3339 =
            Pattern.compile("(?<date>\\d{4}-\\d{2}-\\d{2})[Tt](?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})"
                    + "(?:\\.(?<fraction>\\d+))?"
                    + "(?:[Zz]|(?<sign>[+-])(?<offsetHour>\\d{2}):(?<offsetMinute>\\d{2}))");

    private static final int LAST_YEAR = 9999;

    /** Section 5.7: leap seconds occur at the end of these days in UTC. It is not checked whether a year had one. */
    private static final MonthDay END_OF_JUNE = MonthDay.of(6, 30);

    private static final MonthDay END_OF_DECEMBER = MonthDay.of(12, 31);
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    /**
     * The milliseconds of a leap second. {@link Instant} has no leap seconds, so it becomes the last millisecond before the next second,
     * which keeps the order.
     */
    private static final long LAST_MILLISECOND = 999;

    @Override
    public String serialize(Object result, GraphQLContext context, Locale locale) {
        if (result instanceof Instant instant) {
            return MILLISECONDS.format(instant);
        }
        throw new CoercingSerializeException("A DateTime must be an Instant.");
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
        Matcher parts = RFC_3339.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            boolean leaps = parts.group("second").equals("60");
            Instant second = LocalDate.parse(parts.group("date"))
                    .atTime(number(parts, "hour"), number(parts, "minute"), leaps ? 59 : number(parts, "second"))
                    .toInstant(ZoneOffset.UTC)
                    .minusSeconds(offsetSeconds(parts));
            OffsetDateTime utc = second.atOffset(ZoneOffset.UTC);
            boolean fourDigitYear = utc.getYear() >= 0 && utc.getYear() <= LAST_YEAR;
            if (!fourDigitYear || (leaps && !isLastSecondOfHalfYear(utc))) {
                return null;
            }
            return second.plusMillis(leaps ? LAST_MILLISECOND : milliseconds(parts.group("fraction")));
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    /** The offset in seconds. RFC 3339 has offsets up to 23:59, but {@link ZoneOffset} only up to 18:00. */
    private static long offsetSeconds(Matcher parts) {
        if (parts.group("sign") == null) {
            return 0;
        }
        long seconds = LocalTime.of(number(parts, "offsetHour"), number(parts, "offsetMinute"))
                .toSecondOfDay();
        return parts.group("sign").equals("-") ? -seconds : seconds;
    }

    private static boolean isLastSecondOfHalfYear(OffsetDateTime utc) {
        MonthDay day = MonthDay.from(utc);
        return (day.equals(END_OF_JUNE) || day.equals(END_OF_DECEMBER))
                && utc.toLocalTime().equals(LAST_SECOND);
    }

    private static long milliseconds(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
    }

    private static int number(Matcher parts, String group) {
        return Integer.parseInt(parts.group(group));
    }
}
