package dev.towline.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A watcher's stream begins with a snapshot and then has every change in order; where it lacks some, it says so by {@code GAP} and goes
 * on with a snapshot. It completes after {@code ENDED} and only then, and one that is open when all is at rest has the last change. An
 * update is not newer than the session that it shows, and a location is the one that was acknowledged with that sequence.
 */
final class StreamsHaveNoHoles implements Rule {

    @Override
    public Stream<String> violations(History history) {
        Map<String, String> latitudes = FixResult.latitudes(history);
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
                                content(watch, latitudes),
                                end(watch, last.getOrDefault(watch.session(), 0)))
                        .filter(found -> !found.isEmpty())
                        .map(found -> found + ": " + watch));
    }

    private static String order(Watch watch) {
        int previous = 0;
        boolean snapshotNext = true;
        for (Update update : watch.updates()) {
            switch (update.kind()) {
                case "SNAPSHOT" -> {
                    if (!snapshotNext || update.sequence() < previous) {
                        return "a snapshot of %d comes after %d".formatted(update.sequence(), previous);
                    }
                    snapshotNext = false;
                }
                case "GAP" -> {
                    if (update.missed() == 0) {
                        return "a gap without the number of missed changes";
                    }
                    snapshotNext = true;
                }
                default -> {
                    boolean isEndOfEnded = update.kind().equals("ENDED") && update.sequence() == previous;
                    if (snapshotNext || (update.sequence() != previous + 1 + update.missed() && !isEndOfEnded)) {
                        return "%d comes after %d".formatted(update.sequence(), previous);
                    }
                }
            }
            previous = Math.max(previous, update.sequence());
        }
        return "";
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
        boolean ended =
                !watch.updates().isEmpty() && watch.updates().getLast().kind().equals("ENDED");
        return switch (watch.end()) {
            case COMPLETED -> ended ? "" : "it was completed without ENDED";
            case BROKEN, LEFT -> "";
            case OPEN -> {
                if (ended) {
                    yield "it was not completed after ENDED";
                }
                yield watch.reached() < lastSequence
                        ? "at rest it lacks the changes up to %d".formatted(lastSequence)
                        : "";
            }
        };
    }
}
