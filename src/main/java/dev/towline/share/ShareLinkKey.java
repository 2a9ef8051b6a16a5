package dev.towline.share;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;

/** The key of a share link. */
record ShareLinkKey(Tenant tenant, String id) implements EntityKey {

    @Override
    public String entity() {
        return ShareLinks.TABLE.entity();
    }
}
