package dev.towline.dynamo;

import dev.towline.store.ItemValue;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts the values of items to the SDK's type and back. */
final class Attributes {

    private static final AttributeValue NULL = AttributeValue.fromNul(true);

    private Attributes() {}

    /** Converts a value to the SDK's type. */
    static AttributeValue of(ItemValue value) {
        return switch (value) {
            case ItemValue.Null _ -> NULL;
            case ItemValue.Text text -> AttributeValue.fromS(text.value());
            case ItemValue.Decimal number -> AttributeValue.fromN(number.digits());
            case ItemValue.Binary binary -> AttributeValue.fromB(SdkBytes.fromByteBuffer(binary.value()));
            case ItemValue.Sequence sequence ->
                AttributeValue.fromL(
                        sequence.values().stream().map(Attributes::of).toList());
            case ItemValue.Part part -> AttributeValue.fromM(of(part.attributes()));
        };
    }

    /** Converts attributes to the SDK's type. */
    static Map<String, AttributeValue> of(Map<String, ItemValue> attributes) {
        Map<String, AttributeValue> converted = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((name, value) -> converted.put(name, of(value)));
        return converted;
    }

    /** Converts attributes from the SDK's type. Attributes of unsupported types are omitted, such as those that were added by hand. */
    static Map<String, ItemValue> read(Map<String, AttributeValue> attributes) {
        Map<String, ItemValue> read = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((name, value) -> {
            switch (value.type()) {
                case NUL, S, N, B, L, M -> read.put(name, read(value));
                default -> {}
            }
        });
        return read;
    }

    private static ItemValue read(AttributeValue value) {
        return switch (value.type()) {
            case NUL -> ItemValue.Null.NULL;
            case S -> new ItemValue.Text(value.s());
            case N -> new ItemValue.Decimal(value.n());
            case B -> new ItemValue.Binary(value.b().asByteBuffer());
            case L ->
                new ItemValue.Sequence(
                        value.l().stream().map(each -> read(each)).toList());
            case M -> new ItemValue.Part(read(value.m()));
            default -> throw new IllegalStateException("unsupported type of an attribute: " + value.type());
        };
    }
}
