package dev.towline.localdax;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sizes in bytes, about as DynamoDB counts them: names, contents, and a few bytes for each value in a list or map. */
final class ItemSize {

    /** What an entry takes in a cache besides its item. An estimate, so that "not found" is not free. */
    static final long ENTRY_BYTES = 100;

    private static final long NUMBER_BYTES = 21;
    private static final long NESTED_BYTES = 3;

    private ItemSize() {}

    static long bytes(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry -> utf8(entry.getKey()) + bytes(entry.getValue()))
                .sum();
    }

    static long bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> NUMBER_BYTES;
            case B -> size(value.b());
            case SS -> value.ss().stream().mapToLong(ItemSize::utf8).sum();
            case NS -> NUMBER_BYTES * value.ns().size();
            case BS -> value.bs().stream().mapToLong(ItemSize::size).sum();
            case L ->
                NESTED_BYTES
                        + value.l().stream()
                                .mapToLong(element -> 1 + bytes(element))
                                .sum();
            case M -> NESTED_BYTES + value.m().size() + bytes(value.m());
            case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
        };
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long size(SdkBytes bytes) {
        return bytes.asByteArrayUnsafe().length;
    }
}
