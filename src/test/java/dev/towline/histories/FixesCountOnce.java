package dev.towline.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A fix is accepted once, a number is given once, and the trail has each fix once, in the order of time, and none that nobody sent.
 */
final class FixesCountOnce implements Rule {

    @Override
    public Stream<String> violations(History history) {
        List<String> found = new ArrayList<>();
        Map<String, FixResult> accepted = new HashMap<>();
        Map<String, FixResult> numbered = new HashMap<>();
        FixResult.all(history).filter(FixResult::isAccepted).forEach(fix -> {
            FixResult before = accepted.put(fix.key(), fix);
            if (before != null) {
                found.add("a fix was accepted twice: " + before + " and " + fix);
            }
            if (!fix.sequence().isEmpty()) {
                FixResult other = numbered.put(fix.session() + ' ' + fix.sequence(), fix);
                if (other != null) {
                    found.add("a number was given twice: to " + other + " and " + fix);
                }
            }
        });
        checkTrails(history, found);
        return found.stream();
    }

    private static void checkTrails(History history, List<String> found) {
        Map<String, Set<String>> sent = new HashMap<>();
        history.operations(Operation::write)
                .forEach(call -> sent.computeIfAbsent(
                                call.arguments().getOrDefault("sessionId", ""), _ -> new HashSet<>())
                        .addAll(FixResult.sent(call).toList()));
        Map<String, String> last = new HashMap<>();
        history.operations(Operation::isFinal)
                .filter(read ->
                        !read.values().getOrDefault(NoWriteLost.TRAIL, "").isEmpty())
                .forEach(read -> {
                    String session = read.arguments().getOrDefault("id", "");
                    String shown = session + " on instance " + read.instance();
                    for (String time :
                            read.values().getOrDefault(NoWriteLost.TRAIL, "").split(" ", -1)) {
                        String before = last.put(shown, time);
                        if (before != null && before.compareTo(time) >= 0) {
                            found.add("the trail of %s has %s after %s".formatted(shown, time, before));
                        }
                        if (!sent.getOrDefault(session, Set.of()).contains(time)) {
                            found.add("the trail of %s has a fix of %s, which nobody sent".formatted(shown, time));
                        }
                    }
                });
    }
}
