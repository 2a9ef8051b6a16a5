package dev.towline.histories;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What clients do, each so often out of the sum of all weights. The seed decides what is sent, the answers decide to which ids. */
enum Action {
    REGISTER_VENDOR(3) {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return Request.mutation(
                    "registerVendor",
                    EntityKind.VENDOR.selection(),
                    Map.of("name", "Vendor " + token, "capabilities", List.of("TOWING"), "position", position(random)),
                    Map.of("name", "Vendor " + token));
        }
    },
    UPDATE_VENDOR(6, "vendor") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            String vendor = world.any("vendor", random);
            Map<String, String> input = Map.of("vendorId", vendor, "name", "Vendor " + token);
            return Request.mutation("updateVendor", EntityKind.VENDOR.selection(), input, input);
        }
    },
    SET_AVAILABILITY(5, "vendor") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            String vendor = world.any("vendor", random);
            String availability = random.nextInt(4) == 0 ? "OFFLINE" : "AVAILABLE";
            Map<String, String> input = Map.of("vendorId", vendor, "availability", availability);
            return Request.mutation("setVendorAvailability", EntityKind.VENDOR.selection(), input, input);
        }
    },
    CREATE_INCIDENT(8) {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return Request.mutation(
                    "createIncident",
                    EntityKind.INCIDENT.selection(),
                    Map.of("kind", "TIRE", "position", position(random), "clientToken", token),
                    Map.of("clientToken", token));
        }
    },
    CANCEL_INCIDENT(2, "incident") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            String incident = world.any("incident", random);
            return Request.mutation(
                    "cancelIncident",
                    EntityKind.INCIDENT.selection(),
                    Map.of("incidentId", incident),
                    Map.of("incidentId", incident));
        }
    },
    START_SESSION(14, "incident", "vendor") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            Map<String, String> input = Map.of(
                    "incidentId", world.any("incident", random),
                    "vendorId", world.any("vendor", random),
                    "clientToken", token);
            return Request.mutation("startTrackingSession", EntityKind.SESSION.selection(), input, input);
        }
    },
    UPDATE_STATUS(7, "session") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            Map<String, String> input = Map.of(
                    "sessionId", world.any("session", random),
                    "status", STATUSES.get(random.nextInt(STATUSES.size())));
            return Request.mutation("updateSessionStatus", EntityKind.SESSION.selection(), input, input);
        }
    },
    UPDATE_LOCATION(30, "session") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return location(world.any("session", random), random);
        }
    },
    /** Some of the last seconds in any order, some of them again: what a phone sends after a tunnel. */
    UPDATE_LOCATIONS(8, "session") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return locations(world.any("session", random), random);
        }
    },
    GET_VENDOR(12, "vendor") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return EntityKind.VENDOR.byId(world.any("vendor", random));
        }
    },
    GET_INCIDENT(12, "incident") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return EntityKind.INCIDENT.byId(world.any("incident", random));
        }
    },
    GET_SESSION(16, "session") {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return EntityKind.SESSION.byId(world.any("session", random));
        }
    },
    SEARCH(5) {
        @Override
        Request on(World world, RandomGenerator random, String token) {
            return new Request(
                    "searchVendorsNearby",
                    "",
                    false,
                    "query($near: PositionInput!) { searchVendorsNearby(near: $near, radiusMiles: 30, first: 100) {"
                            + " edges { node " + EntityKind.VENDOR.selection() + " } } }",
                    Map.of("near", Map.of("latitude", LATITUDE, "longitude", LONGITUDE)),
                    Map.of());
        }
    };

    /** Most sessions go on for a while, so that watchers have something to see. */
    private static final List<String> STATUSES = List.of(
            "EN_ROUTE",
            "EN_ROUTE",
            "EN_ROUTE",
            "ARRIVED",
            "ARRIVED",
            "IN_SERVICE",
            "IN_SERVICE",
            "COMPLETED",
            "CANCELLED");

    /** As answers have them. */
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private static final double LATITUDE = 30.27;
    private static final double LONGITUDE = -97.74;

    /** Further than any vehicle gets in a run of ten minutes. */
    private static final double FAR_DEGREES = 1;

    private static final int FAR_ONE_OF = 20;

    private final int weight;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> needs;

    Action(int weight, String... needs) {
        this.weight = weight;
        this.needs = List.of(needs);
    }

    /** Whether its requests are mutations, as one of them says. */
    boolean isWrite() {
        World world = new World();
        needs.forEach(kind -> world.add(new Observed(kind + ":any", 1, Map.of())));
        return on(world, new SplittableRandom(0), "any").write();
    }

    /** @param token that no other request has */
    abstract Request on(World world, RandomGenerator random, String token);

    /** One that is possible in that world. */
    static Action any(World world, RandomGenerator random) {
        List<Action> possible = List.of(values()).stream()
                .filter(action -> action.needs.stream().allMatch(world::has))
                .toList();
        int rest = random.nextInt(
                possible.stream().mapToInt(action -> action.weight).sum());
        for (Action action : possible) {
            rest -= action.weight;
            if (rest < 0) {
                return action;
            }
        }
        throw new IllegalStateException("no action");
    }

    /** A fix of the vehicle of a session, seldom one that is far away. */
    private static Request location(String session, RandomGenerator random) {
        return location(session, latitude(isFar(random), random));
    }

    /** A fix of the vehicle of a session that is near the others. */
    static Request nearLocation(String session, RandomGenerator random) {
        return location(session, latitude(false, random));
    }

    private static Request location(String session, double latitude) {
        String recordedAt = MILLISECONDS.format(Instant.now());
        return Request.mutation(
                "updateLocation",
                "{ outcome sequence reason session " + EntityKind.SESSION.selection() + " }",
                Map.of(
                        "sessionId",
                        session,
                        "location",
                        Map.of("latitude", latitude, "longitude", LONGITUDE, "recordedAt", recordedAt)),
                Map.of("sessionId", session, "latitude", Double.toString(latitude), "recordedAt", recordedAt));
    }

    /**
     * Fixes of the last ten seconds, at times of which other calls send some too. Seldom they are far away; then two of this moment follow,
     * so that the vehicle stays there.
     */
    private static Request locations(String session, RandomGenerator random) {
        Instant now = Instant.now();
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        boolean isFar = isFar(random);
        List<String> times = Stream.concat(
                        IntStream.range(0, 3 + random.nextInt(8))
                                .mapToObj(_ -> second.minusMillis(500L * random.nextInt(20))),
                        isFar ? Stream.of(now.minusMillis(1), now) : Stream.empty())
                .map(MILLISECONDS::format)
                .toList();
        List<Map<String, Object>> fixes = times.stream()
                .<Map<String, Object>>map(
                        time -> Map.of("latitude", latitude(isFar, random), "longitude", LONGITUDE, "recordedAt", time))
                .toList();
        return Request.mutation(
                "updateLocations",
                "{ outcome sequence reason session " + EntityKind.SESSION.selection() + " }",
                Map.of("sessionId", session, "locations", fixes),
                Map.of("sessionId", session, FixResult.TIMES, String.join(" ", times)));
    }

    /** Whether a vehicle seems to have jumped. Its next fixes confirm that, or refuse it. */
    private static boolean isFar(RandomGenerator random) {
        return random.nextInt(FAR_ONE_OF) == 0;
    }

    /** Distinct, and within the accuracy margin of others that are as far, so that none of them is a jump from another. */
    private static double latitude(boolean isFar, RandomGenerator random) {
        return LATITUDE + (isFar ? FAR_DEGREES : 0) + random.nextInt(8_000) / 1e7;
    }

    private static Map<String, Double> position(RandomGenerator random) {
        return Map.of("latitude", LATITUDE + random.nextDouble() / 10, "longitude", LONGITUDE);
    }
}
