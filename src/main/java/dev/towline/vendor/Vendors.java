package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.problem.BadInput;
import dev.towline.problem.Conflict;
import dev.towline.problem.NotFound;
import dev.towline.problem.Require;
import dev.towline.store.Index;
import dev.towline.store.IndexRow;
import dev.towline.store.Revision;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import dev.towline.vendor.Vendor.Profile;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.stereotype.Component;

/** The stored vendors. Blocking, thread-safe. */
@Component
public final class Vendors {

    /** Twenty batches, which are read at once. */
    private static final int LISTED_AT_ONCE = 2_000;

    /** The vendors of a tenant by id. */
    static final Index<Vendor> BY_TENANT = new Index<>("byTenant", v -> "", Vendor::id);

    /** The table of vendors. */
    public static final Table<Vendor> TABLE =
            new Table<>("vendors", "vendor", false, new VendorItems(), List.of(BY_TENANT), null);

    static final double MAX_MILES = 1000;
    private static final double DEFAULT_SERVICE_RADIUS_MILES = 300;
    private static final double MAX_RATING = 5;
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int MAX_PHONE_CHARACTERS = 40;

    private final Store store;
    private final VendorAccess access;
    private final InstantSource clock;

    Vendors(Store store, VendorAccess access, InstantSource clock) {
        this.store = store;
        this.access = access;
        this.clock = clock;
    }

    /** Reads these vendors; the result has no entry for a vendor that does not exist. */
    public Map<VendorKey, Vendor> getAll(Collection<VendorKey> keys) {
        return store.getAll(TABLE, keys);
    }

    /**
     * Reads a vendor with strong consistency.
     *
     * @param argument the path of the argument with its id
     * @throws NotFound if it does not exist
     */
    public Vendor require(String argument, VendorKey key) {
        Vendor vendor = store.getConsistently(TABLE, key);
        if (vendor == null) {
            throw new NotFound(argument, "a vendor");
        }
        return vendor;
    }

    /**
     * Passes all vendors of the tenant to the consumer, some thousand at a time. Which there are is read from the eventually consistent
     * index, and each of them with strong consistency.
     */
    void forEach(Tenant tenant, Consumer<List<Vendor>> part) {
        @Nullable String before = null;
        while (true) {
            List<IndexRow> rows = store.list(TABLE, BY_TENANT, tenant, List.of(""), before, LISTED_AT_ONCE);
            List<VendorKey> keys =
                    rows.stream().map(row -> new VendorKey(tenant, row.id())).toList();
            part.accept(List.copyOf(store.getAllConsistently(TABLE, keys).values()));
            if (rows.size() < LISTED_AT_ONCE) {
                return;
            }
            before = rows.getLast().sort();
        }
    }

    /** Stores a new vendor. */
    Vendor register(Tenant tenant, RegisterVendorInput input) {
        String id = input.id() == null ? UUID.randomUUID().toString() : Require.newId("input.id", input.id());
        Profile profile = checked(new Profile(
                input.name(),
                input.phone(),
                input.capabilities(),
                input.rating(),
                input.serviceRadiusMiles() == null ? DEFAULT_SERVICE_RADIUS_MILES : input.serviceRadiusMiles()));
        Vendor vendor = new Vendor(
                new VendorKey(tenant, id),
                Revision.first(),
                profile,
                Availability.AVAILABLE,
                input.position().toPoint("input.position"),
                now(),
                null);
        try {
            store.write(new Write<>(TABLE, vendor));
        } catch (WriteConflict taken) {
            throw new Conflict("input.id", "`input.id` is already the id of another vendor.");
        }
        return vendor;
    }

    /** Changes the profile or the position; writes nothing if both are unchanged. */
    Vendor update(Viewer viewer, UpdateVendorInput input) {
        if (!input.rating().isOmitted()) {
            access.requireMayRate(viewer);
        }
        return change(viewer, input.vendorId(), vendor -> {
            Integer expected = input.expectedVersion();
            if (expected != null && expected != vendor.version()) {
                throw new Conflict(
                        "input.expectedVersion",
                        "The vendor is at version " + vendor.version() + ", not " + expected + ".");
            }
            return changed(vendor, input);
        });
    }

    private Vendor changed(Vendor vendor, UpdateVendorInput input) {
        Profile profile = checked(new Profile(
                given("input.name", input.name()).orElse(vendor.name()),
                input.phone().isOmitted() ? vendor.phone() : input.phone().value(),
                given("input.capabilities", input.capabilities()).orElse(vendor.capabilities()),
                input.rating().isOmitted() ? vendor.rating() : input.rating().value(),
                given("input.serviceRadiusMiles", input.serviceRadiusMiles()).orElse(vendor.serviceRadiusMiles())));
        GeoPoint position = given("input.position", input.position())
                .map(given -> given.toPoint("input.position"))
                .orElse(vendor.position());
        return vendor.with(profile, position, now());
    }

    /** What became of a vendor that was loaded. */
    enum Loaded {
        CREATED,
        CHANGED,
        UNCHANGED
    }

    /**
     * Registers a vendor, or changes what is given of one that exists. Writes nothing if nothing differs.
     *
     * @param known the vendor as it was read a moment ago, null if it did not exist then
     * @param isRepeated whether an earlier call may have written the vendor without announcing it
     * @throws BadInput if a value is invalid, or a new vendor lacks a name or a position
     */
    Loaded load(VendorKey key, VendorCells cells, @Nullable Vendor known, boolean isRepeated) {
        try {
            return loadOnto(known, key, cells, isRepeated);
        } catch (WriteConflict changed) {
            return store.retryingConflicts(() -> loadOnto(store.getConsistently(TABLE, key), key, cells, isRepeated));
        }
    }

    private Loaded loadOnto(@Nullable Vendor vendor, VendorKey key, VendorCells cells, boolean isRepeated) {
        UpdateVendorInput input = cells.change(key.id(), vendor == null);
        if (vendor == null) {
            store.write(new Write<>(TABLE, loaded(key, input)));
            return Loaded.CREATED;
        }
        Vendor next = changed(vendor, input);
        if (next.version() != vendor.version()) {
            store.write(new Write<>(TABLE, next, vendor));
            return Loaded.CHANGED;
        }
        if (isRepeated) {
            store.announceAgain(TABLE, vendor);
        }
        return Loaded.UNCHANGED;
    }

    private Vendor loaded(VendorKey key, UpdateVendorInput input) {
        Profile profile = checked(new Profile(
                given("input.name", input.name()).orElseThrow(() -> new BadInput("input.name", "is required.")),
                input.phone().value(),
                given("input.capabilities", input.capabilities()).orElse(List.of()),
                input.rating().value(),
                given("input.serviceRadiusMiles", input.serviceRadiusMiles()).orElse(DEFAULT_SERVICE_RADIUS_MILES)));
        GeoPoint position = given("input.position", input.position())
                .orElseThrow(() -> new BadInput("input.position", "is required."))
                .toPoint("input.position");
        return new Vendor(key, Revision.first(), profile, Availability.AVAILABLE, position, now(), null);
    }

    /** Reads these vendors with strong consistency; the result has no entry for a vendor that does not exist. */
    Map<VendorKey, Vendor> getAllConsistently(Collection<VendorKey> keys) {
        return store.getAllConsistently(TABLE, keys);
    }

    /** The new value, empty if it was omitted. A null is rejected. */
    private static <T> Optional<T> given(String argument, ArgumentValue<T> value) {
        if (!value.isOmitted() && value.value() == null) {
            throw new BadInput(argument, "must not be null.");
        }
        return value.asOptional();
    }

    /** Changes the declared availability and the position; writes nothing if both are unchanged. */
    Vendor setAvailability(Viewer viewer, SetVendorAvailabilityInput input) {
        return change(viewer, input.vendorId(), vendor -> {
            GeoPoint position = input.position() == null
                    ? vendor.position()
                    : input.position().toPoint("input.position");
            return vendor.declaring(input.availability(), position, now());
        });
    }

    private Vendor change(Viewer viewer, String id, UnaryOperator<Vendor> step) {
        VendorKey key = new VendorKey(viewer.tenant(), Require.id("input.vendorId", id));
        access.requireOwn("input.vendorId", id, viewer);
        return store.retryingConflicts(() -> {
            Vendor vendor = require("input.vendorId", key);
            Vendor next = step.apply(vendor);
            if (next.version() == vendor.version()) {
                // The call may be a retry of one whose instance crashed between the write and its announcement.
                store.announceAgain(TABLE, vendor);
            } else {
                store.write(new Write<>(TABLE, next, vendor));
            }
            return next;
        });
    }

    /** @throws BadInput if a value is invalid */
    private static Profile checked(Profile profile) {
        if (profile.rating() != null) {
            Require.within("input.rating", profile.rating(), 0, MAX_RATING);
        }
        return new Profile(
                Require.text("input.name", profile.name(), MAX_NAME_CHARACTERS),
                Require.optionalText("input.phone", profile.phone(), MAX_PHONE_CHARACTERS),
                profile.capabilities(),
                profile.rating(),
                Require.positive("input.serviceRadiusMiles", profile.serviceRadiusMiles(), MAX_MILES));
    }

    private Instant now() {
        return clock.instant();
    }
}
