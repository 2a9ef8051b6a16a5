package dev.towline.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A write that is repeated with the same client token has the same result, on any instance. */
final class OneResultPerClientToken implements Rule {

    @Override
    public Stream<String> violations(History history) {
        Map<String, Operation> first = new HashMap<>();
        return history.operations(Operation::isAcknowledgedWrite)
                .filter(write -> write.arguments().containsKey("clientToken"))
                .filter(write -> {
                    Operation earlier = first.putIfAbsent(write.arguments().getOrDefault("clientToken", ""), write);
                    return earlier != null && !id(earlier).equals(id(write));
                })
                .map(write -> "two results: %s and %s"
                        .formatted(first.get(write.arguments().get("clientToken")), write));
    }

    private static String id(Operation write) {
        return write.values().getOrDefault("id", "");
    }
}
