package dev.towline.demo;

import dev.towline.demo.Api.ActiveSession;
import dev.towline.demo.Api.KnownVendor;
import dev.towline.demo.Api.OpenIncident;
import dev.towline.demo.Api.OpenIncidents;
import dev.towline.demo.city.City;
import dev.towline.demo.city.Drive;
import dev.towline.demo.city.Place;
import dev.towline.demo.city.Route;
import dev.towline.geo.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings vendors and incidents together. Blocking, for one thread; every method throws {@link ApiFailure}. */
final class Dispatch {

    /** So many incidents are left to whoever tries the service. */
    static final int WAITING = 4;

    /** What the vendor drives at least, as the crow flies, so that there is something to watch. */
    private static final double FAR_METERS = 3_000;

    private static final Duration MAX_HEAD_START = Duration.ofMinutes(7);

    private final Api api;
    private final City city;
    private final List<DemoVendor> vendors;
    private final Set<String> ofTheFleet;

    Dispatch(Api api, City city) {
        this.api = api;
        this.city = city;
        this.vendors = VendorList.in(city);
        this.ofTheFleet = vendors.stream()
                .filter(vendor -> !vendor.free())
                .map(DemoVendor::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the fleet drives for that vendor. */
    boolean isOfTheFleet(String vendorId) {
        return ofTheFleet.contains(vendorId);
    }

    /** Sees to it that some incidents wait. */
    void stock(RandomGenerator random) {
        OpenIncidents open = api.openIncidents();
        if (!open.hasMore()) {
            for (int count = open.newest().size(); count < WAITING; count++) {
                api.report(Breakdown.any(random), city.anywhere(random).point());
            }
        }
    }

    /**
     * Starts a session of a vendor of the fleet for an incident that it reports, or for one that too many are waiting beside.
     *
     * @param partGone how much of the way the vehicle has behind it already, 0 to 1: the job is entered late
     * @return null if no vendor can take it now
     */
    @Nullable
    Job next(Vehicle vehicle, Instant now, double partGone) {
        List<KnownVendor> available = available();
        OpenIncident surplus = surplus(available);
        Breakdown breakdown = Breakdown.any(vehicle.random());
        String needs = surplus == null ? breakdown.needs() : Breakdown.needsOf(surplus.kind());
        List<KnownVendor> able = available.stream()
                .filter(vendor -> vendor.capabilities().contains(needs))
                .toList();
        if (able.isEmpty()) {
            return null;
        }
        KnownVendor vendor = able.get(vehicle.random().nextInt(able.size()));
        OpenIncident incident =
                surplus == null ? api.report(breakdown, farFrom(vendor.position(), vehicle.random())) : surplus;
        return start(vehicle, vendor, incident, now, partGone);
    }

    /** Goes on with a session of a run before: the vehicle is where it was left. */
    Job adopt(Vehicle vehicle, ActiveSession session, Instant now) {
        Place incident = city.nearest(session.incident());
        boolean isThere = !session.stage().isBefore(Stage.ARRIVED);
        Place start = isThere ? incident : city.nearest(session.vehicle());
        Drive drive = Drive.along(city.route(start, incident), now.plus(vehicle.between(2, 6)));
        return new Job(session.id(), itinerary(vehicle, now, drive), session.stage());
    }

    private Job start(Vehicle vehicle, KnownVendor vendor, OpenIncident incident, Instant now, double partGone) {
        Route route = city.route(city.nearest(vendor.position()), city.nearest(incident.position()));
        Duration gone = Duration.ofSeconds((long) (route.roughSeconds() * partGone));
        Duration headStart = gone.compareTo(MAX_HEAD_START) < 0 ? gone : MAX_HEAD_START;
        Instant startedAt = now.minus(headStart);
        String session = api.start(incident.id(), vendor.id(), headStart.isZero() ? null : startedAt);
        Drive drive = Drive.along(route, startedAt.plus(vehicle.between(5, 20)));
        return new Job(session, itinerary(vehicle, startedAt, drive), Stage.ASSIGNED);
    }

    private static Itinerary itinerary(Vehicle vehicle, Instant beginsAt, Drive drive) {
        Instant servesAt = drive.arrivesAt().plus(vehicle.between(20, 80));
        return new Itinerary(beginsAt, drive, servesAt, servesAt.plus(vehicle.between(200, 500)), vehicle.phase());
    }

    /** The vendors that the fleet may take; who is missing altogether is registered first. */
    List<KnownVendor> available() {
        List<KnownVendor> known =
                api.vendors(vendors.stream().map(DemoVendor::id).toList());
        if (known.size() < vendors.size()) {
            Set<String> ids = known.stream().map(KnownVendor::id).collect(Collectors.toSet());
            vendors.stream().filter(vendor -> !ids.contains(vendor.id())).forEach(api::register);
            return available();
        }
        return known.stream()
                .filter(vendor -> vendor.available() && isOfTheFleet(vendor.id()))
                .toList();
    }

    private @Nullable OpenIncident surplus(List<KnownVendor> available) {
        return api.openIncidents().newest().stream()
                .skip(WAITING)
                .filter(incident -> available.stream()
                        .anyMatch(vendor -> vendor.capabilities().contains(Breakdown.needsOf(incident.kind()))))
                .reduce((_, older) -> older)
                .orElse(null);
    }

    private GeoPoint farFrom(GeoPoint vendor, RandomGenerator random) {
        GeoPoint point = city.anywhere(random).point();
        while (point.distanceTo(vendor).value() < FAR_METERS) {
            point = city.anywhere(random).point();
        }
        return point;
    }
}
