package dev.towline.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * An item of a board's stream.
 *
 * @param id the id of the changed object, null for a RESET
 * @param version the version of the object that the change led to, null for a RESET
 * @param position the {@linkplain Position encoded position} of a board that has seen this item
 */
record DispatchChange(
        DispatchChangeKind kind,
        @Nullable String id,
        @Nullable Integer version,
        String position) {}
