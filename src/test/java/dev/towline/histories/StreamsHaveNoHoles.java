package dev.towline.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A watcher's stream begins with a snapshot, or after what the watcher has, and then has every change in order. What it lacks it counts as
 * missed: never a status, and a fix of the trail only if the watcher is slow. There is no gap, because storage loses nothing. It completes after {@code ENDED} and only then, and one that is open when all is at rest has the last change. An
 * update is not newer than the session that it shows, and a location is the one that was acknowledged with that sequence.
 */
final class StreamsHaveNoHoles implements Rule {

    @Override
    public Stream<String> violations(History history) {
        Map<String, String> latitudes = FixResult.latitudes(history);
        Set<String> kept = FixResult.stored(history);
        Set<String> steps = steps(history);
        Map<String, Integer> last = new HashMap<>();
        for (Operation operation : history.operations()) {
            String sequence = operation.values().getOrDefault("sequence", "");
            if (operation.isFinal() && operation.field().equals("getTrackingSession") && !sequence.isEmpty()) {
                last.merge(operation.arguments().getOrDefault("id", ""), Integer.parseInt(sequence), Math::max);
            }
        }
        return history.watches().stream()
                .flatMap(watch -> Stream.of(
                                order(watch),
                                missed(watch, kept, steps),
                                content(watch, latitudes),
                                end(watch, last.getOrDefault(watch.session(), 0)))
                        .filter(found -> !found.isEmpty())
                        .map(found -> found + ": " + watch));
    }

    private static String order(Watch watch) {
        int previous = watch.reachedBefore();
        boolean isFirst = watch.way().after() == null;
        for (Update update : watch.updates()) {
            switch (update.kind()) {
                case "SNAPSHOT" -> {
                    if (!isFirst) {
                        return "a snapshot of %d comes after %d".formatted(update.sequence(), previous);
                    }
                }
                case "GAP" -> {
                    return "a gap comes after %d, although nothing was lost".formatted(previous);
                }
                default -> {
                    boolean isEndOfEnded = update.kind().equals("ENDED") && update.sequence() == previous;
                    if (isFirst || (update.sequence() != previous + 1 + update.missed() && !isEndOfEnded)) {
                        return "%d comes after %d".formatted(update.sequence(), previous);
                    }
                }
            }
            isFirst = false;
            previous = Math.max(previous, update.sequence());
        }
        return "";
    }

    /** What a stream does not have: a step, or a fix that is kept although its watcher reads. */
    private static String missed(Watch watch, Set<String> keptFixes, Set<String> steps) {
        for (Update update : watch.updates()) {
            for (int number = update.sequence() - update.missed(); number < update.sequence(); number++) {
                String change = EntityKind.SESSION.name(watch.session()) + '#' + number;
                if (steps.contains(change)) {
                    return "the step %d is missed".formatted(number);
                }
                if (!watch.way().isSlow() && keptFixes.contains(change)) {
                    return "%d is missed although it is kept".formatted(number);
                }
            }
        }
        return "";
    }

    /** The changes that any watcher saw as steps. */
    private static Set<String> steps(History history) {
        return history.watches().stream()
                .flatMap(watch -> watch.updates().stream()
                        .filter(update ->
                                update.kind().equals("STATUS") || update.kind().equals("ENDED"))
                        .map(update -> EntityKind.SESSION.name(watch.session()) + '#' + update.sequence()))
                .collect(Collectors.toSet());
    }

    private static String content(Watch watch, Map<String, String> latitudes) {
        for (Update update : watch.updates()) {
            if (update.sessionSequence() < update.sequence()) {
                return "%s shows a session of %d".formatted(update, update.sessionSequence());
            }
            String latitude = latitudes.get(EntityKind.SESSION.name(watch.session()) + '#' + update.sequence());
            if (update.kind().equals("LOCATION")
                    && latitude != null
                    && !FixResult.isSameLatitude(latitude, update.latitude())) {
                return "%s is not the fix of latitude %s that was acknowledged".formatted(update, latitude);
            }
        }
        return "";
    }

    private static String end(Watch watch, int lastSequence) {
        boolean ended = watch.updates().isEmpty()
                ? watch.way().after() != null && watch.way().after() == lastSequence
                : watch.updates().getLast().kind().equals("ENDED");
        return switch (watch.end()) {
            case COMPLETED -> ended ? "" : "it was completed without ENDED";
            case BROKEN, SILENT, FAILED, LEFT -> "";
            case OPEN -> {
                if (ended && !watch.updates().isEmpty()) {
                    yield "it was not completed after ENDED";
                }
                yield watch.reached() < lastSequence
                        ? "at rest it lacks the changes up to %d".formatted(lastSequence)
                        : "";
            }
        };
    }
}
