package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how far away a vehicle is. The intake asks once for each numbered fix and stores the answer with the fix. A routing engine can
 * take the place of {@link SmoothedSpeedEta}. Implementations are beans and thread-safe. They may block, but then each fix waits for them.
 */
interface EtaModel {

    /**
     * The estimate at a fix.
     *
     * @param pace the pace after the estimate before; a model that does not need it returns it unchanged
     * @param remaining what remains of the way
     */
    record Estimate(Pace pace, Remaining remaining) {}

    /**
     * Estimates what remains of the way.
     *
     * @param pace the pace that the estimate of the previous fix returned, null at the first fix
     * @param previous the fix before, null at the first fix
     * @param fix the newest fix
     * @param destination the position of the incident
     */
    Estimate estimate(
            @Nullable Pace pace, @Nullable TrackedLocation previous, TrackedLocation fix, GeoPoint destination);
}
