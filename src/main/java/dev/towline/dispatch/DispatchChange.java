package dev.towline.dispatch;

import dev.towline.viewer.Disclosure;
import dev.towline.viewer.Shareable;
import java.util.Locale;
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
        String position) implements Disclosure, Shareable {

    @Override
    public Object identity() {
        return this;
    }

    /** It shows the state that it is about. A later state belongs to a later change, which this viewer may not see. */
    @Override
    public boolean shows(String entity, String entityId, int ofVersion) {
        return kind != DispatchChangeKind.RESET
                && entity.equals(kind.name().toLowerCase(Locale.ROOT))
                && entityId.equals(id)
                && version != null
                && ofVersion == version;
    }

    /** Whether the session is active is not known here. */
    @Override
    public boolean belongsToActiveSession() {
        return false;
    }
}
