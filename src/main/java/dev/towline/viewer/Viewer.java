package dev.towline.viewer;

import org.jspecify.annotations.Nullable;

/**
 * The user or system that sent a request. Every resolver and subscription receives one.
 *
 * @param role the role within the tenant
 * @param subject the id from the identity provider, unique within the tenant; of a VENDOR the id of its vendor, of a GUEST the id of the
 *     share link
 * @param tenant the tenant whose data the viewer may see
 * @param sharedSessionId of a GUEST the id of the only tracking session that it may see, else null
 */
public record Viewer(
        Role role, String subject, Tenant tenant, @Nullable String sharedSessionId) {

    /** The name of the value in the context of resolvers. */
    public static final String CONTEXT_KEY = "viewer";

    /** A viewer without a share link. */
    public Viewer(Role role, String subject, Tenant tenant) {
        this(role, subject, tenant, null);
    }

    /**
     * This viewer without what has no influence on what it sees. Viewers with equal audiences see the same of every object: staff of a tenant
     * all of it, a guest what its share link shows, others what belongs to their subject.
     */
    public Viewer audience() {
        return switch (role) {
            case OPERATOR, DISPATCHER, GUEST -> new Viewer(role, "", tenant, sharedSessionId);
            case VENDOR, CALLER -> this;
        };
    }
}
