package dev.towline.localdax;

import dev.towline.localdax.CborInput.Tagged;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of attributes as items of CBOR. */
final class AttributeValues {

    private AttributeValues() {}

    /** @throws MalformedRequest if it is no value of an attribute */
    static AttributeValue read(@Nullable Object item) {
        return switch (item) {
            case null -> AttributeValue.fromNul(true);
            case String text -> AttributeValue.fromS(text);
            case byte[] bytes -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
            case BigDecimal number -> number(number);
            case Boolean bool -> AttributeValue.fromBool(bool);
            case List<?> list ->
                AttributeValue.fromL(list.stream().map(AttributeValues::read).toList());
            case Map<?, ?> map -> AttributeValue.fromM(readMap(map));
            case Tagged set -> readSet(set);
            default -> throw new MalformedRequest("no value: " + item.getClass());
        };
    }

    static void write(CborOutput out, AttributeValue value) {
        switch (value.type()) {
            case S -> out.text(value.s());
            case N -> out.number(new BigDecimal(value.n()));
            case B -> out.binary(value.b().asByteArray());
            case BOOL -> out.bool(value.bool());
            case NUL -> out.nothing();
            case L -> {
                out.array(value.l().size());
                value.l().forEach(each -> write(out, each));
                out.end();
            }
            case M -> writeMap(out, value.m());
            case SS -> {
                out.tag(Tagged.STRINGS).array(value.ss().size());
                value.ss().forEach(out::text);
                out.end();
            }
            case NS -> {
                out.tag(Tagged.NUMBERS).array(value.ns().size());
                value.ns().forEach(each -> out.number(new BigDecimal(each)));
                out.end();
            }
            case BS -> {
                out.tag(Tagged.BINARIES).array(value.bs().size());
                value.bs().forEach(each -> out.binary(each.asByteArray()));
                out.end();
            }
            default -> throw new IllegalArgumentException("Unknown type of value: " + value.type());
        }
    }

    private static void writeMap(CborOutput out, Map<String, AttributeValue> map) {
        out.map(map.size());
        map.forEach((name, each) -> write(out.key(name), each));
        out.endMap();
    }

    private static Map<String, AttributeValue> readMap(Map<?, ?> map) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put((String) name, read(value)));
        return values;
    }

    private static AttributeValue readSet(Tagged set) {
        List<@Nullable Object> elements = Arguments.list(set.value());
        return switch (set.tag()) {
            case Tagged.STRINGS ->
                AttributeValue.fromSs(elements.stream().map(Arguments::text).toList());
            case Tagged.NUMBERS -> {
                List<String> numbers = new ArrayList<>();
                elements.forEach(
                        each -> numbers.add(number(Arguments.number(each)).n()));
                yield AttributeValue.fromNs(numbers);
            }
            case Tagged.BINARIES ->
                AttributeValue.fromBs(elements.stream()
                        .map(each -> SdkBytes.fromByteArray(Arguments.bytes(each)))
                        .toList());
            default -> throw new MalformedRequest("no set: " + set.tag());
        };
    }

    /** Never in plain notation, which a small request could make endless. */
    private static AttributeValue number(BigDecimal number) {
        return AttributeValue.fromN(number.toString());
    }
}
