package dev.towline.redis;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The names of channels, by their numbers. Immutable. */
final class ChannelNames {

    private final List<byte[]> names;
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();

    ChannelNames(List<byte[]> names) {
        this.names = names;
        for (int number = 0; number < names.size(); number++) {
            numbers.put(ByteBuffer.wrap(names.get(number)), number);
        }
    }

    byte[] name(int number) {
        return names.get(number);
    }

    byte[][] names(Set<Integer> numbers) {
        return numbers.stream().map(names::get).toArray(byte[][]::new);
    }

    int number(byte[] name) {
        return Objects.requireNonNull(numbers.get(ByteBuffer.wrap(name)));
    }
}
