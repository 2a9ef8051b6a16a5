package dev.towline.edge.scalar;

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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
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
        "2026-03-22T08:35:09+18:30,        2026-03-21T14:05:09.000Z",
        "2026-03-20T14:06:09-23:59,        2026-03-21T14:05:09.000Z",
        "2026-03-22T14:04:09+23:59,        2026-03-21T14:05:09.000Z",
        "2026-03-21T14:05:09-00:00,        2026-03-21T14:05:09.000Z",
        "2026-03-21t14:05:09.120z,         2026-03-21T14:05:09.120Z",
        "2026-03-21T14:05:09.1209999999Z,  2026-03-21T14:05:09.120Z",
        "2026-03-21T14:05:09.00000000000000000000000000000009Z, 2026-03-21T14:05:09.000Z",
        "1969-12-31T23:59:59.9999Z,        1969-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60Z,             2016-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60.5Z,           2016-12-31T23:59:59.999Z",
        "1990-12-31T15:59:60-08:00,        1990-12-31T23:59:59.999Z",
        "2015-07-01T05:29:60+05:30,        2015-06-30T23:59:59.999Z",
        "9999-12-31T23:59:60Z,             9999-12-31T23:59:59.999Z",
        "0000-01-01T01:00:00+01:00,        0000-01-01T00:00:00.000Z",
        "0000-01-01T00:00:00Z,             0000-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z,         9999-12-31T23:59:59.999Z"
    })
    void acceptsAnyOffsetAndWritesUtcWithMilliseconds(String given, String answered) {
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
                "2026-03-21T24:00:00Z",
                "2026-03-21T14:60:09Z",
                "2026-03-21T14:05:61Z",
                "2026-03-21T14:05:60Z",
                "2026-03-31T23:59:60Z",
                "2016-12-31T23:58:60Z",
                "2016-12-31T23:59:60+01:00",
                "2026-03-21T14:05Z",
                "2026-03-21T14:05:09.Z",
                "2026-03-21T14:05:09,120Z",
                "2026-03-21T14:05:09+00",
                "2026-03-21T14:05:09+0530",
                "2026-03-21T14:05:09+5:30",
                "2026-03-21T14:05:09+05:30:00",
                "2026-03-21T14:05:09+24:00",
                "2026-03-21T14:05:09+05:60",
                "2026-03-21T14:05:09 Z",
                " 2026-03-21T14:05:09Z",
                "2026-03-21T14:05:09Z\n",
                "2026-3-21T14:05:09Z",
                "20260321T140509Z",
                "2026-W12-6T14:05:09Z",
                "２０２６-03-21T14:05:09Z",
                "2026-03-21T14:05:09Z[UTC]",
                "0000-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "1774101909"
            })
    void rejectsInvalidText(String given) {
        assertThatExceptionOfType(CoercingParseValueException.class)
                .isThrownBy(() -> scalar.parseValue(given, context, Locale.ROOT))
                .withMessageContaining("RFC 3339");
        assertThatExceptionOfType(CoercingParseLiteralException.class)
                .isThrownBy(() -> literal(given))
                .withMessageContaining("RFC 3339");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithJava(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Instant second = Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
            int digits = random.nextInt(10);
            int nanos = digits == 0 ? 0 : random.nextInt(1_000_000_000);
            String fraction = digits == 0 ? "" : "." + "%09d".formatted(nanos).substring(0, digits);
            String text = second.atOffset(offset).format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"))
                    + fraction
                    + (offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
            assertThat(scalar.parseValue(text, context, Locale.ROOT))
                    .as(text)
                    .isEqualTo(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-21T14:05:09.120Z", "2026-03-21T14:05:09+05:30"})
    void rejectsTextWithAMissingOrAdditionalCharacter(String text) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            boolean inFraction = text.contains(".") && i > text.indexOf('.') && i < text.length() - 1;
            if (!inFraction) {
                wrong.add(text.substring(0, i) + text.substring(i + 1));
                wrong.add(text.substring(0, i) + "x" + text.substring(i));
            }
        }
        assertThat(wrong)
                .hasSizeGreaterThan(40)
                .allSatisfy(each -> assertThatExceptionOfType(CoercingParseValueException.class)
                        .as(each)
                        .isThrownBy(() -> scalar.parseValue(each, context, Locale.ROOT)));
    }

    @Test
    void rejectsOtherTypes() {
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
