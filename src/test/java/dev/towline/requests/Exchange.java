package dev.towline.requests;

import graphql.language.Field;
import graphql.language.OperationDefinition.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends requests one after another and judges what comes of each. Blocking. */
record Exchange(
        HttpTransport http, SocketTransport sockets, RawTransport raw, LogWatch log, Tally tally, Coverage coverage) {

    /** Sends a request; what is wrong with its answer, or with what else came of it. */
    List<String> flaws(Request request, World world) {
        boolean trails = request.asked() != null && request.asked().document().contains("updateLocation");
        Map<String, Integer> before = request.mayMutate() ? world.versions(trails) : Map.of();
        Requested requested = request.asked() == null ? null : Requested.of(request.asked());
        Watched watched = Watched.of(request, requested, world);
        long begin = System.nanoTime();
        Answer answer = switch (request.transport()) {
            case WEBSOCKET -> sockets.send(request, watched);
            case RAW -> raw.send(request);
            default -> http.send(request, watched);
        };
        tally.count(request, answer, System.nanoTime() - begin);
        if (requested != null) {
            answer.results().forEach(result -> coverage.note(requested, result));
        }
        if (!answer.entityTag().isEmpty()) {
            world.known().learn("ETag", List.of("\"none\"", answer.entityTag()));
        }
        List<String> flaws = new ArrayList<>(Verdict.flaws(request, answer));
        flaws.addAll(log.heard());
        if (request.mayMutate()) {
            world.changed();
            if (Verdict.isRefused(answer, isOneMutation(requested))) {
                Map<String, Integer> changes = changes(before, world.versions(trails), trails);
                if (!changes.isEmpty()) {
                    flaws.add("refused as a whole, and yet something changed" + Failures.DETAILS + changes);
                }
            }
        }
        if (!flaws.isEmpty()) {
            flaws.add("answer" + Failures.DETAILS + answer);
        }
        return flaws;
    }

    private static boolean isOneMutation(@Nullable Requested requested) {
        return requested != null
                && requested.operation().getOperation() == Operation.MUTATION
                && requested.operation().getSelectionSet().getSelections().size() == 1
                && requested.operation().getSelectionSet().getSelections().getFirst() instanceof Field;
    }

    private static Map<String, Integer> changes(
            Map<String, Integer> before, Map<String, Integer> after, boolean trails) {
        Map<String, Integer> changes = new TreeMap<>(after);
        changes.entrySet().removeAll(before.entrySet());
        Map<String, Integer> gone = new HashMap<>(before);
        gone.keySet().removeAll(after.keySet());
        changes.putAll(gone);
        changes.keySet().removeIf(name -> !trails && name.startsWith(Stored.TRAIL));
        return changes;
    }
}
