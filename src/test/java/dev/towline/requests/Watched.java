package dev.towline.requests;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How long an answer is listened to: a subscription to a session until it has changed once and that was told, one to the board for three
 * changes. For one thread.
 */
final class Watched {

    private final World world;
    private final @Nullable String session;
    private final boolean endless;
    private final boolean board;
    private boolean changed;
    private int changesLeft = 3;

    private Watched(World world, @Nullable String session, boolean endless, boolean board) {
        this.world = world;
        this.session = session;
        this.endless = endless;
        this.board = board;
    }

    /** @param requested null if that cannot be told */
    static Watched of(Request request, @Nullable Requested requested, World world) {
        boolean endless = request.asked() != null && request.asked().document().contains("subscription");
        return new Watched(
                world,
                requested == null ? null : requested.watchedSession(),
                endless,
                requested != null && requested.followsBoard() && seesAll(request, world));
    }

    /** Whether the viewer is of this tenant, and no vendor. */
    private static boolean seesAll(Request request, World world) {
        String viewer = request.headers()
                + request.messages().stream()
                        .map(message -> new String(message, StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
        return viewer.contains(world.known().tenant()) && !viewer.contains("VENDOR");
    }

    /** Whether there is anything more to wait for after this result. */
    boolean goesOn(JsonNode result) {
        if (!endless) {
            return true;
        }
        if (board && result.path("data").isObject()) {
            if (!changed) {
                changed = true;
                world.changeBoard();
            }
            return changesLeft-- > 0;
        }
        if (session == null || changed || !result.path("data").isObject()) {
            return false;
        }
        changed = true;
        return world.change(session);
    }
}
