package dev.towline.requests;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How long an answer is listened to: a subscription until its session has changed once and that was told. For one thread. */
final class Watched {

    private final World world;
    private final @Nullable String session;
    private final boolean endless;
    private boolean changed;

    private Watched(World world, @Nullable String session, boolean endless) {
        this.world = world;
        this.session = session;
        this.endless = endless;
    }

    /** @param requested null if that cannot be told */
    static Watched of(Request request, @Nullable Requested requested, World world) {
        boolean endless = request.asked() != null && request.asked().document().contains("subscription");
        return new Watched(world, requested == null ? null : requested.watchedSession(), endless);
    }

    /** Whether there is anything more to wait for after this result. */
    boolean goesOn(JsonNode result) {
        if (!endless) {
            return true;
        }
        if (session == null || changed || !result.path("data").isObject()) {
            return false;
        }
        changed = true;
        return world.change(session);
    }
}
