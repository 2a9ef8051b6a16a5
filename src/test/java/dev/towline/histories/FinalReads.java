package dev.towline.histories;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

/** Reads everything once more from every instance, when all faults are over and nobody writes. */
final class FinalReads {

    private static final String TRAIL_DOCUMENT = """
        query($id: ID!, $after: String) {
          getTrackingSession(id: $id) {
            trail(first: 100, after: $after) { edges { node { recordedAt } } pageInfo { hasNextPage endCursor } }
          }
        }\
        """;

    private FinalReads() {}

    /** Blocks until everything is read. A read that fails is repeated a few times. */
    static void readAll(List<Cluster.Running> instances, Recorder recorder, World world) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Cluster.Running instance : instances) {
                threads.execute(() -> readAll(instance, recorder, world));
            }
        }
    }

    private static void readAll(Cluster.Running instance, Recorder recorder, World world) {
        Client client = client(recorder, world);
        for (EntityKind kind : EntityKind.values()) {
            world.all(kind.prefix()).forEach(id -> read(client, instance, kind.byId(id)));
        }
        world.all(EntityKind.SESSION.prefix()).forEach(id -> readTrail(client, instance, id));
    }

    /** It sends nothing that it has seen: each instance has to know by itself. */
    private static Client client(Recorder recorder, World world) {
        return new Client(Operation.FINAL, false, recorder, world);
    }

    private static void readTrail(Client client, Cluster.Running instance, String session) {
        Map<String, String> variables = Map.of("id", session);
        while (!variables.isEmpty()) {
            Operation read = read(
                    client,
                    instance,
                    new Request("getTrackingSession", "", false, TRAIL_DOCUMENT, variables, variables));
            String next = read.values().get(NoWriteLost.NEXT_PAGE);
            variables = next == null ? Map.of() : Map.of("id", session, "after", next);
        }
    }

    private static Operation read(Client client, Cluster.Running instance, Request request) {
        Operation read = null;
        for (int i = 0; i < 5 && (read == null || read.outcome() != Outcome.ACKNOWLEDGED); i++) {
            read = client.send(instance, request);
        }
        return Objects.requireNonNull(read);
    }
}
