package dev.towline.cache;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.Revision;
import dev.towline.viewer.Tenant;
import java.util.List;

/** An entity to be cached. */
public record Thing(Key key, Revision revision, boolean isFinal) implements Entity {

    public static final Tenant ACME = new Tenant("acme");

    public record Key(Tenant tenant, String id) implements EntityKey {

        @Override
        public String entity() {
            return "thing";
        }
    }

    /** The thing t1 in one of its states. */
    public static Thing version(int version) {
        return of("t1", version);
    }

    public static Thing of(String id, int version) {
        return new Thing(new Key(ACME, id), new Revision(version, List.of("w" + version)), false);
    }

    /** The thing t1 in its last state, which never changes. */
    static Thing last() {
        return new Thing(new Key(ACME, "t1"), new Revision(9, List.of("w9")), true);
    }
}
