package dev.towline.localdax;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Values whose numbers have one form, whatever form was written: without needless zeros. Never in plain notation, which a small request
 * could make endless.
 */
final class CanonicalValues {

    private CanonicalValues() {}

    static Map<String, AttributeValue> of(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> of(entry.getValue())));
    }

    static AttributeValue of(AttributeValue value) {
        return switch (value.type()) {
            case N -> AttributeValue.fromN(number(value.n()));
            case NS ->
                AttributeValue.fromNs(
                        value.ns().stream().map(CanonicalValues::number).toList());
            case L -> AttributeValue.fromL(list(value.l()));
            case M -> AttributeValue.fromM(of(value.m()));
            default -> value;
        };
    }

    private static List<AttributeValue> list(List<AttributeValue> values) {
        return values.stream().map(CanonicalValues::of).toList();
    }

    private static String number(String written) {
        try {
            return new BigDecimal(written).stripTrailingZeros().toString();
        } catch (ArithmeticException _) {
            // its exponent is beyond an int without the zeros; DynamoDB refuses much smaller ones
            return written;
        }
    }
}
