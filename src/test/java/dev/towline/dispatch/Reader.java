package dev.towline.dispatch;

import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A board that reads a log when the test says so. */
final class Reader {

    static final Viewer DISPATCHER = new Viewer(Role.DISPATCHER, "d", Writes.ACME);

    private final DispatchLog log;
    private final Board board;
    private String position = "";

    private Reader(DispatchLog log, Viewer viewer, @Nullable Position after) {
        this.log = log;
        board = log.open(viewer, after, () -> {});
    }

    /** A dispatcher who has seen nothing. */
    static Reader of(DispatchLog log) {
        return new Reader(log, DISPATCHER, null);
    }

    static Reader of(DispatchLog log, Viewer viewer) {
        return new Reader(log, viewer, null);
    }

    /** A dispatcher who has seen what another one has. */
    static Reader after(DispatchLog log, String position) {
        return new Reader(log, DISPATCHER, Position.decode(position));
    }

    static Viewer vendor(String id) {
        return new Viewer(Role.VENDOR, id, Writes.ACME);
    }

    static Viewer dispatcher(Tenant tenant) {
        return new Viewer(Role.DISPATCHER, "d", tenant);
    }

    /** The next item as text, such as {@code SESSION s1 7}; empty if there is none. */
    String next() {
        DispatchChange change = log.next(board);
        if (change == null) {
            return "";
        }
        position = change.position();
        return change.kind() == DispatchChangeKind.RESET
                ? "RESET"
                : change.kind() + " " + change.id() + " " + change.version();
    }

    /** All that there is now. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        for (String next = next(); !next.isEmpty(); next = next()) {
            all.add(next);
        }
        return all;
    }

    /** The position of the last item. */
    String position() {
        return position;
    }

    void close() {
        log.close(board);
    }
}
