package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class CanonicalValuesTests {

    @ParameterizedTest
    @CsvSource({
        "1.0,1",
        "1e2,1E+2",
        "100,1E+2",
        "-0,0",
        "0.00,0",
        "-1.50,-1.5",
        "1E-3,0.001",
        "0012,12",
        "5E+2000000000,5E+2000000000",
        "5.0E-2000000000,5E-2000000000"
    })
    void writesANumberInOneForm(String written, String canonical) {
        assertThat(CanonicalValues.of(AttributeValue.fromN(written)).n()).isEqualTo(canonical);
    }

    @Test
    void leavesANumberWhoseExponentWouldOverflow() {
        var number = AttributeValue.fromN("1.00E+2147483649");

        assertThat(CanonicalValues.of(number)).isEqualTo(number);
    }

    @Test
    void reachesNumbersInListsMapsAndSets() {
        var nested = AttributeValue.fromM(Map.of(
                "list", AttributeValue.fromL(List.of(AttributeValue.fromN("1.0"))),
                "set", AttributeValue.fromNs(List.of("2.0"))));

        assertThat(CanonicalValues.of(nested))
                .isEqualTo(AttributeValue.fromM(Map.of(
                        "list", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
                        "set", AttributeValue.fromNs(List.of("2")))));
    }

    @Test
    void makesOneKeyOfAllFormsOfItsNumbers() {
        var key = new TableKey(
                new TableKey.KeyAttribute("hash", ScalarAttributeType.N),
                new TableKey.KeyAttribute("range", ScalarAttributeType.N));

        assertThat(ItemKey.of("table", key, key("1.0", "1e1"))).isEqualTo(ItemKey.of("table", key, key("1", "10.00")));
        assertThat(ItemKey.of("table", key, key("1", "10"))).isNotEqualTo(ItemKey.of("table", key, key("10", "1")));
        assertThat(ItemKey.of("table", key, Map.of("hash", AttributeValue.fromN("1"))))
                .isNull();
    }

    private static Map<String, AttributeValue> key(String hash, String range) {
        return Map.of("hash", AttributeValue.fromN(hash), "range", AttributeValue.fromN(range));
    }
}
