package dev.towline.viewer;

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
    GUEST
}
