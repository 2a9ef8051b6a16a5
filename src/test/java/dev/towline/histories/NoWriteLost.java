package dev.towline.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * No acknowledged write is lost: at the end every entity has at least the version of each acknowledged write, and every instance shows
 * in the trail of a session every fix that was acknowledged as {@code STORED} or as {@code LATE}.
 */
final class NoWriteLost implements Rule {

    /** Among the values of a read at the end: when the fixes of a page of the trail were recorded, separated by spaces. */
    static final String TRAIL = "trail";

    /** Beside it: the cursor to go on from; absent on the last page. */
    static final String NEXT_PAGE = "nextPage";

    @Override
    public Stream<String> violations(History history) {
        Map<String, Integer> last = new HashMap<>();
        history.operations(Operation::isFinal)
                .flatMap(read -> read.entities().stream())
                .forEach(each -> last.merge(each.entity(), each.version(), Math::max));
        List<String> lost = new ArrayList<>();
        history.operations(Operation::isAcknowledgedWrite).forEach(write -> {
            write.target()
                    .filter(written -> last.getOrDefault(written.entity(), 0) < written.version())
                    .ifPresent(written -> lost.add("at the end %s has version %s, but this write was acknowledged: %s"
                            .formatted(written.entity(), last.get(written.entity()), write)));
        });
        Trails trails = Trails.in(history);
        FixResult.all(history)
                .filter(fix -> fix.isInTrail() && !trails.have(fix))
                .forEach(fix -> lost.add("the trail lacks a fix that was stored: " + fix));
        return lost.stream();
    }
}
