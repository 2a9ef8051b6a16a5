package dev.towline.histories;

import dev.towline.scenarios.Answer;
import dev.towline.scenarios.Caller;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Sends requests to instances and records what comes of them. For one thread. */
final class Client {

    private static final int MOST_SEEN = 30;

    private final int number;
    private final boolean sendsSeen;
    private final Recorder recorder;
    private final World world;

    /** The newest version of each entity in an answer; the entity that was not in one for longest goes first. */
    private final Map<String, Integer> seen = new LinkedHashMap<>();

    /** @param sendsSeen with each request it sends the versions that it has seen */
    Client(int number, boolean sendsSeen, Recorder recorder, World world) {
        this.number = number;
        this.sendsSeen = sendsSeen;
        this.recorder = recorder;
        this.world = world;
    }

    /** Whether it says what it has seen. */
    boolean sendsSeen() {
        return sendsSeen;
    }

    /** Sends the request and blocks until it is answered or has failed. */
    Operation send(Cluster.Running instance, Request request) {
        Map<String, Integer> sent = sendsSeen ? Map.copyOf(seen) : Map.of();
        Caller caller = instance.process().api();
        if (!sent.isEmpty()) {
            caller = caller.with("X-Towline-Seen", header(sent));
        }
        Duration begun = recorder.now();
        Outcome outcome = Outcome.UNKNOWN;
        String code = "";
        List<Observed> entities = List.of();
        Map<String, String> values = Map.of();
        try {
            JsonNode response = caller.response(request.document(), request.variables());
            code = Answer.code(response);
            outcome = Outcome.of(request, response);
            JsonNode value = response.path("data").path(request.field());
            entities = outcome == Outcome.ACKNOWLEDGED ? request.entitiesIn(value) : Observed.in(value);
            values = scalars(value);
        } catch (UncheckedIOException e) {
            code = e.getMessage() == null ? "no answer" : e.getMessage();
        }
        Operation operation = new Operation(
                number,
                instance.name(),
                request.field(),
                request.write(),
                sent,
                request.arguments(),
                begun,
                recorder.now(),
                outcome,
                code,
                entities,
                values);
        recorder.add(operation);
        entities.stream().filter(each -> !each.isAbsent()).forEach(this::remember);
        return operation;
    }

    private void remember(Observed entity) {
        world.add(entity);
        Integer before = seen.remove(entity.entity());
        seen.put(entity.entity(), before == null ? entity.version() : Math.max(before, entity.version()));
        if (seen.size() > MOST_SEEN) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    private static String header(Map<String, Integer> seen) {
        return seen.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> scalars(JsonNode value) {
        if (value.isArray()) {
            return FixResult.values(value);
        }
        Map<String, String> scalars = new HashMap<>();
        JsonNode trail = value.path(NoWriteLost.TRAIL);
        if (trail.isObject()) {
            scalars.put(
                    NoWriteLost.TRAIL,
                    trail.path("edges")
                            .valueStream()
                            .map(edge -> edge.at("/node/recordedAt").asString())
                            .collect(Collectors.joining(" ")));
            if (trail.at("/pageInfo/hasNextPage").asBoolean()) {
                scalars.put(
                        NoWriteLost.NEXT_PAGE, trail.at("/pageInfo/endCursor").asString());
            }
        }
        value.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                scalars.put(field.getKey(), field.getValue().asString());
            }
        });
        return Map.copyOf(scalars);
    }
}
