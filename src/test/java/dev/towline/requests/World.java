package dev.towline.requests;

import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import dev.towline.scenarios.Dispatcher.Fix;
import dev.towline.scenarios.Imports;
import dev.towline.scenarios.SharedLink;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A tenant with a few incidents, vendors and sessions for requests to be about. Blocking, for one thread. */
final class World {

    /** Where the vendors and incidents are, and searches begin. */
    static final double LATITUDE = 30.25;

    static final double LONGITUDE = -97.75;

    private static final List<String> STEPS = List.of("ASSIGNED", "EN_ROUTE", "ARRIVED", "IN_SERVICE", "COMPLETED");

    /** Every so many changes of watched sessions one of them ends, whatever its step: a world is too short for all steps. */
    private static final int CHANGES_TO_END = 3;

    private final Caller caller;
    private final Dispatcher dispatcher;
    private final Stored stored;
    private final Known known;
    private Map<String, Integer> versions = Map.of();
    private boolean changed = true;
    private boolean withTrails;
    private int turns;

    private World(Caller caller, Function<String, Map<String, Integer>> vendorVersions) {
        this.caller = caller;
        this.dispatcher = new Dispatcher(caller);
        this.known = new Known(caller.tenant());
        this.stored = new Stored(caller, known, vendorVersions);
    }

    /** @param vendorVersions the version of every stored vendor of a tenant by id */
    static World open(int port, Function<String, Map<String, Integer>> vendorVersions) {
        World world = new World(Caller.of(port, "requests-" + UUID.randomUUID(), "dispatcher"), vendorVersions);
        for (int i = 0; i < 3; i++) {
            world.addJob();
            world.dispatcher.vendor();
            world.dispatcher.incident();
        }
        world.dispatcher.step(world.dispatcher.session(), "COMPLETED");
        world.tend();
        return world;
    }

    Known known() {
        return known;
    }

    /** Sees to it that there is something to do, and learns what requests may be about. */
    void tend() {
        versions(false);
        if (known.of("active").size() < 3) {
            addJob();
        }
        if (known.of("reported").size() < 2) {
            dispatcher.incident();
        }
        dispatcher.vendor();
        changed();
        versions(true);
        addLinks();
        addImport();
        JsonNode found = caller.query(
                "searchVendorsNearby(near: {latitude: %s, longitude: %s}, radiusMiles: 1000, first: 100) { edges { cursor node { id availability } } }"
                        .formatted(LATITUDE, LONGITUDE));
        known.learn("searchVendorsNearby", Stored.texts(found, "/edges", "/cursor"));
        known.learn(
                "available",
                found.path("edges")
                        .valueStream()
                        .filter(edge -> edge.at("/node/availability").asString().equals("AVAILABLE"))
                        .map(edge -> edge.at("/node/id").asString())
                        .toList());
    }

    /** One to watch with, and one to revoke. */
    private void addLinks() {
        String session = known.of("active").getLast();
        known.learn("share", List.of(SharedLink.of(caller, session).text()));
        known.learn("link", List.of(SharedLink.of(caller, session).id()));
    }

    /** One with an error and an odd column, and one that failed. */
    private void addImport() {
        Imports imports = Imports.of(caller);
        String upload = imports.upload("id,odd,rating\nbad id,1,2\n");
        String job = imports.start(upload);
        String failed = imports.start(imports.upload("name\n"));
        imports.ended(job);
        imports.ended(failed);
        known.learn("upload", List.of(upload));
        known.learn("job", List.of(job));
        JsonNode found = imports.operator().query("listJobs(first: 100) { edges { cursor } }");
        known.learn("listJobs", Stored.texts(found, "/edges", "/cursor"));
    }

    private void addJob() {
        String session = dispatcher.session();
        Fix[] fixes = {
            Dispatcher.secondsAgo(500),
            Dispatcher.secondsAgo(400),
            Dispatcher.secondsAgo(450),
            Dispatcher.secondsAgo(300)
        };
        dispatcher.sendAll(session, fixes);
    }

    /** Changes a session; whether whoever watches it is told something more. */
    boolean change(String session) {
        changed();
        JsonNode found = caller.ask("{ getTrackingSession(id: '%s') { status } }".formatted(session))
                .data();
        String status = found.at("/getTrackingSession/status").asString("");
        int next = STEPS.indexOf(status) + 1;
        boolean active = next > 0 && next < STEPS.size();
        boolean ends = ++turns % CHANGES_TO_END == 0;
        if (active && (ends || turns % 2 == 0 || !move(session))) {
            caller.ask("mutation { updateSessionStatus(input: {sessionId: '%s', status: %s}) { status } }"
                    .formatted(session, ends ? STEPS.getLast() : STEPS.get(next)));
        }
        // of a session that has ended, the end is told
        return !status.isEmpty();
    }

    /** Changes an incident, a vendor and a session, which everybody who sees the whole board is told. */
    void changeBoard() {
        changed();
        dispatcher.session();
    }

    private boolean move(String session) {
        String location = Dispatcher.secondsAgo(0).literal();
        JsonNode moved = caller.ask("mutation { updateLocation(input: {sessionId: '%s', location: %s}) { outcome } }"
                        .formatted(session, location))
                .data();
        return moved.at("/updateLocation/outcome").asString("").equals("STORED");
    }

    /**
     * What is stored now, as the version of each entity.
     *
     * @param trails whether that includes trails, where a late location changes nothing else
     */
    Map<String, Integer> versions(boolean trails) {
        if (changed || (trails && !withTrails)) {
            versions = stored.read(trails);
            changed = false;
            withTrails = trails;
        }
        return versions;
    }

    /** Something may have changed. */
    void changed() {
        changed = true;
    }
}
