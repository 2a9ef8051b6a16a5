package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Located;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider of roadside help.
 *
 * @param key the key
 * @param revision the version and the last write ids
 * @param profile its description
 * @param declaredAvailability the availability that it last declared; {@link #availability()} also considers the active session
 * @param position its position between jobs
 * @param updatedAt the time of the last change
 * @param activeSessionId the id of the active session, null without one; this field enforces that a vendor has at most one
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
     * The description of a vendor.
     *
     * @param capabilities without duplicates, in the order of the enum
     * @param rating 0 to 5 stars, null if unrated
     * @param serviceRadiusMiles the maximum distance to an incident in miles, greater than 0
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

    // Overridden because graphql-java finds only methods that the record declares.
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

    /** The effective availability: BUSY during a session, otherwise as declared. */
    public Availability availability() {
        return activeSessionId == null ? declaredAvailability : Availability.BUSY;
    }

    /** The same state as those see it who may not see the phone number. */
    Vendor withoutPhone() {
        Profile redacted =
                new Profile(profile.name, null, profile.capabilities, profile.rating, profile.serviceRadiusMiles);
        return new Vendor(key, revision, redacted, declaredAvailability, position, updatedAt, activeSessionId);
    }

    /** The next state with this profile and position; this state if they are unchanged. */
    Vendor with(Profile newProfile, GeoPoint newPosition, Instant now) {
        if (newProfile.equals(profile) && newPosition.equals(position)) {
            return this;
        }
        return new Vendor(key, revision.next(), newProfile, declaredAvailability, newPosition, now, activeSessionId);
    }

    /** The next state with this availability and position; this state if they are unchanged. */
    Vendor declaring(Availability declared, GeoPoint newPosition, Instant now) {
        if (declared == declaredAvailability && newPosition.equals(position)) {
            return this;
        }
        return new Vendor(key, revision.next(), profile, declared, newPosition, now, activeSessionId);
    }

    /** The next state with this active session. */
    public Vendor assigned(String sessionId, Instant now) {
        return new Vendor(key, revision.next(), profile, declaredAvailability, position, now, sessionId);
    }

    /**
     * The next state without an active session.
     *
     * @param lastLocation the new position, null to keep the old one
     */
    public Vendor released(@Nullable GeoPoint lastLocation, Instant now) {
        GeoPoint newPosition = lastLocation == null ? position : lastLocation;
        return new Vendor(key, revision.next(), profile, declaredAvailability, newPosition, now, null);
    }
}
