package dev.towline.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An acknowledged write takes effect: from its version on the entity shows its arguments, until a later write of the same field. A write
 * without an answer may have happened at any time. A session whose sequence is that of an acknowledged fix shows this fix.
 */
final class WritesTakeEffect implements Rule {

    /** The fields that only clients write, under the names of the arguments. */
    private static final Set<String> FIELDS = Set.of("name", "availability");

    /** What a vendor shows during a session, whatever it has declared. */
    private static final String BUSY = "BUSY";

    @Override
    public Stream<String> violations(History history) {
        Map<String, NavigableMap<Integer, String>> acknowledged = new HashMap<>();
        Map<String, Set<String>> possible = new HashMap<>();
        history.operations(Operation::write)
                .forEach(write -> FIELDS.forEach(field -> {
                    String value = write.arguments().get(field);
                    if (value == null) {
                        return;
                    }
                    if (write.isAcknowledgedWrite()) {
                        write.target()
                                .ifPresent(entity -> acknowledged
                                        .computeIfAbsent(entity.entity() + '.' + field, _ -> new TreeMap<>())
                                        .put(entity.version(), value));
                    } else if (write.outcome() == Outcome.UNKNOWN) {
                        String vendor = EntityKind.VENDOR.name(write.arguments().getOrDefault("vendorId", ""));
                        possible.computeIfAbsent(vendor + '.' + field, _ -> new TreeSet<>())
                                .add(value);
                    }
                }));
        Map<String, String> latitudes = FixResult.latitudes(history);
        return history.operations().stream()
                .flatMap(operation -> operation.entities().stream()
                        .flatMap(shown -> Stream.concat(
                                FIELDS.stream().flatMap(field -> written(shown, field, acknowledged, possible)),
                                located(shown, latitudes)))
                        .map(found -> found + " in " + operation));
    }

    private static Stream<String> written(
            Observed shown,
            String field,
            Map<String, NavigableMap<Integer, String>> acknowledged,
            Map<String, Set<String>> possible) {
        String key = shown.entity() + '.' + field;
        String value = shown.fields().get(field);
        var last = acknowledged.getOrDefault(key, new TreeMap<>()).floorEntry(shown.version());
        boolean isRight = value == null
                || last == null
                || value.equals(last.getValue())
                || value.equals(BUSY)
                || possible.getOrDefault(key, Set.of()).contains(value);
        return isRight
                ? Stream.empty()
                : Stream.of("%s is %s at version %d, but was acknowledged as %s at version %d"
                        .formatted(key, value, shown.version(), last.getValue(), last.getKey()));
    }

    private static Stream<String> located(Observed shown, Map<String, String> latitudes) {
        String sent = latitudes.get(shown.entity() + '#' + shown.fields().get("sequence"));
        String latitude = shown.fields().get("currentLocation.latitude");
        return sent == null || latitude == null || FixResult.isSameLatitude(sent, latitude)
                ? Stream.empty()
                : Stream.of("%s does not show the fix of latitude %s that was acknowledged".formatted(shown, sent));
    }
}
