package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Located;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who helps.
 *
 * @param key which vendor
 * @param revision which of its states
 * @param profile what it says of itself
 * @param declaredAvailability what it last said about taking jobs; what counts is {@link #availability()}
 * @param position where it is between jobs
 * @param updatedAt when this state began
 * @param activeSessionId the session it is on: a vendor has at most one, and this field is what holds that
 */
public record Vendor(
        VendorKey key,
        Revision revision,
        Profile profile,
        Availability declaredAvailability,
        GeoPoint position,
        Instant updatedAt,
        @Nullable String activeSessionId)
        implements Entity, Located {

    /**
     * What a vendor says of itself.
     *
     * @param capabilities without repetition, in the order of the enum
     * @param rating 0 to 5 stars, null if unrated
     * @param serviceRadiusMiles how far it goes, more than 0
     */
    public record Profile(
            String name,
            @Nullable String phone,
            List<Capability> capabilities,
            @Nullable Double rating,
            double serviceRadiusMiles) {

        public Profile {
            capabilities = capabilities.stream().distinct().sorted().toList();
        }
    }

    /** The id, unique within the tenant. */
    public String id() {
        return key.id();
    }

    // Said here again because GraphQL looks for the methods of the record itself.
    @Override
    public int version() {
        return revision.version();
    }

    public String name() {
        return profile.name;
    }

    public @Nullable String phone() {
        return profile.phone;
    }

    public List<Capability> capabilities() {
        return profile.capabilities;
    }

    public @Nullable Double rating() {
        return profile.rating;
    }

    public double serviceRadiusMiles() {
        return profile.serviceRadiusMiles;
    }

    /** Whether it takes a job now: BUSY on a job, whatever it declared. */
    public Availability availability() {
        return activeSessionId == null ? declaredAvailability : Availability.BUSY;
    }

    /** The next state: it says something else of itself. This one if it says the same. */
    Vendor with(Profile newProfile, GeoPoint newPosition, Instant now) {
        if (newProfile.equals(profile) && newPosition.equals(position)) {
            return this;
        }
        return new Vendor(key, revision.next(), newProfile, declaredAvailability, newPosition, now, activeSessionId);
    }

    /** The next state: it says whether it takes jobs, and where it is. This one if it says the same. */
    Vendor declaring(Availability declared, GeoPoint newPosition, Instant now) {
        if (declared == declaredAvailability && newPosition.equals(position)) {
            return this;
        }
        return new Vendor(key, revision.next(), profile, declared, newPosition, now, activeSessionId);
    }

    /** The next state: on a job. */
    public Vendor assigned(String sessionId, Instant now) {
        return new Vendor(key, revision.next(), profile, declaredAvailability, position, now, sessionId);
    }

    /** The next state: the job has ended there, or where it was before if nothing is known of the way. */
    public Vendor released(@Nullable GeoPoint lastLocation, Instant now) {
        GeoPoint newPosition = lastLocation == null ? position : lastLocation;
        return new Vendor(key, revision.next(), profile, declaredAvailability, newPosition, now, null);
    }
}
