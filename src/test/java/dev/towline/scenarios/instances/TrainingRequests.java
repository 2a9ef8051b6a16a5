package dev.towline.scenarios.instances;

import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a service does in its training run: jobs from their start to their end, with reads, searches, lists and watchers, and then the queries
 * that are asked most, so often that the JVM knows which code is hot and how it branches.
 */
final class TrainingRequests {

    private static final int JOBS = 12;
    private static final int FIXES = 6;
    private static final double LATITUDE = 30.27;
    private static final double LONGITUDE = -97.74;

    /** So many, that the JIT compiler has compiled in the end what they run through: the cache knows that, too. Some 15 s on a quiet machine. */
    private static final long HOT_QUERIES = 40_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 4;

    private TrainingRequests() {}

    /** Sends them; fails if one is refused. Blocking. */
    static void send(TowlineProcess service) {
        Caller api = service.api();
        Dispatcher dispatcher = new Dispatcher(api);
        List<String> running = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
            running.add(job(dispatcher, job % 2 == 0));
        }
        lists(api);
        service.get("/actuator/prometheus");
        service.get("/graphql/schema.graphql");
        HotQueries.send(service, running, CONNECTIONS, HOT_QUERIES, PATIENCE);
    }

    /** Vendor, incident, session, and a vehicle that moves while somebody watches; the session. */
    private static String job(Dispatcher dispatcher, boolean ends) {
        Caller api = dispatcher.api();
        String vendor = dispatcher.vendor();
        String incident = dispatcher.incident();
        dispatcher.search(LATITUDE, LONGITUDE, 25);
        String session = dispatcher
                .start(incident, vendor, "training-" + incident)
                .at("/data/startTrackingSession/id")
                .asString();
        try (LiveUpdates updates = LiveUpdates.of(api, session, "");
                GraphQlSocket _ = board(api)) {
            updates.next();
            for (int fix = 0; fix < FIXES; fix++) {
                dispatcher.sendAll(session, Dispatcher.secondsAgo(300 - 10 * fix));
                updates.next();
                dispatcher.readVendor(vendor);
                dispatcher.readAssignment(incident);
            }
            api.response(
                    "mutation($input: UpdateVendorInput!) { updateVendor(input: $input) { id version } }",
                    Map.of("input", Map.of("vendorId", vendor, "name", "Trained")));
            for (String status : ends ? List.of("EN_ROUTE", "ARRIVED", "COMPLETED") : List.of("EN_ROUTE")) {
                dispatcher.step(session, status);
                updates.next();
            }
        }
        return session;
    }

    private static GraphQlSocket board(Caller api) {
        GraphQlSocket socket = GraphQlSocket.connect(api).init(Map.of());
        socket.next();
        socket.subscribe("1", "subscription { onDispatchChanged { kind id version position } }", Map.of());
        socket.next();
        return socket;
    }

    private static void lists(Caller api) {
        for (String field : List.of("listIncidents", "listTrackingSessions")) {
            for (int i = 0; i < JOBS; i++) {
                api.data(
                        "{ " + field + "(first: 5) { edges { cursor node { id version } } pageInfo { hasNextPage } } }",
                        Map.of());
            }
        }
    }
}
