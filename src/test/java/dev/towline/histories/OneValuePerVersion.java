package dev.towline.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of an entity has one value, whoever shows it. In particular two writes that are acknowledged never make the same version:
 * one of them would be lost.
 */
final class OneValuePerVersion implements Rule {

    @Override
    public Stream<String> violations(History history) {
        Map<String, Observed> first = new HashMap<>();
        return history.operations().stream()
                .flatMap(operation -> operation.entities().stream()
                        .filter(each -> differs(first.putIfAbsent(each.entity() + '=' + each.version(), each), each))
                        .map(each -> "%s differs from %s in %s"
                                .formatted(each, first.get(each.entity() + '=' + each.version()), operation)));
    }

    /** In a field that both answers show. */
    private static boolean differs(@Nullable Observed one, Observed other) {
        return one != null
                && one.fields().entrySet().stream()
                        .anyMatch(field -> !field.getValue()
                                .equals(other.fields().getOrDefault(field.getKey(), field.getValue())));
    }
}
