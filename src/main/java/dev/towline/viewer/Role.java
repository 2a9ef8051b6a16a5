package dev.towline.viewer;

import java.util.EnumSet;
import java.util.Set;

/** The role of a viewer within the tenant. */
public enum Role {
    /** Operates the service, and may do everything that a dispatcher may. */
    OPERATOR,
    /** Sees and changes every job of the tenant. */
    DISPATCHER,
    /** Drives to incidents. */
    VENDOR,
    /** Reported an incident. */
    CALLER,
    /** Has a share link. */
    GUEST;

    /** All roles. */
    public static final Set<Role> ALL = Set.copyOf(EnumSet.allOf(Role.class));

    /** The roles that see and change every job of the tenant. */
    public static final Set<Role> STAFF = Set.of(OPERATOR, DISPATCHER);

    /** Whether this role sees and changes every job of the tenant. */
    public boolean isStaff() {
        return STAFF.contains(this);
    }
}
