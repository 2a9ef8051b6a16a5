package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeScalarTests {

    private final DateTimeScalar scalar = new DateTimeScalar();
    private final GraphQLContext context = GraphQLContext.getDefault();

    @ParameterizedTest
    @CsvSource({
        "2026-03-21T14:05:09.120Z,         2026-03-21T14:05:09.120Z",
        "2026-03-21T14:05:09Z,             2026-03-21T14:05:09.000Z",
        "2026-03-21T14:05:09.1Z,           2026-03-21T14:05:09.100Z",
        "2026-03-21T14:05:09.120999999Z,   2026-03-21T14:05:09.120Z",
        "2026-03-21T23:35:09.120+09:30,    2026-03-21T14:05:09.120Z",
        "2026-03-20T20:05:09-18:00,        2026-03-21T14:05:09.000Z",
        "0000-01-01T00:00:00Z,             0000-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z,         9999-12-31T23:59:59.999Z"
    })
    void takesAnyOffsetAndAnswersInUtcWithMilliseconds(String given, String answered) {
        Instant value = scalar.parseValue(given, context, Locale.ROOT);
        assertThat(scalar.serialize(value, context, Locale.ROOT)).isEqualTo(answered);
        assertThat(literal(given)).isEqualTo(value);
        assertThat(scalar.valueToLiteral(value, context, Locale.ROOT))
                .hasToString(StringValue.of(answered).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-03-21",
                "2026-03-21T14:05:09",
                "2026-03-21 14:05:09Z",
                "2026-02-30T14:05:09Z",
                "2026-03-21T24:05:09Z",
                "2026-03-21T14:05:60Z",
                "2026-03-21T14:05:09+19:00",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "1774101909"
            })
    void refusesWhatIsNoMoment(String given) {
        assertThatExceptionOfType(CoercingParseValueException.class)
                .isThrownBy(() -> scalar.parseValue(given, context, Locale.ROOT))
                .withMessageContaining("RFC 3339");
        assertThatExceptionOfType(CoercingParseLiteralException.class)
                .isThrownBy(() -> literal(given))
                .withMessageContaining("RFC 3339");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatExceptionOfType(CoercingParseValueException.class)
                .isThrownBy(() -> scalar.parseValue(1_774_101_909, context, Locale.ROOT));
        assertThatExceptionOfType(CoercingParseLiteralException.class)
                .isThrownBy(() -> scalar.parseLiteral(
                        IntValue.of(1_774_101_909), CoercedVariables.emptyVariables(), context, Locale.ROOT));
        assertThatExceptionOfType(CoercingSerializeException.class)
                .isThrownBy(() -> scalar.serialize("2026-03-21T14:05:09Z", context, Locale.ROOT));
    }

    private Instant literal(String text) {
        return scalar.parseLiteral(StringValue.of(text), CoercedVariables.emptyVariables(), context, Locale.ROOT);
    }
}
