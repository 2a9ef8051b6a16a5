package dev.towline.viewer;

/** What a viewer is to the tenant. */
public enum Role {
    /** Runs the service: caches, health, everything a dispatcher may. */
    OPERATOR,
    /** Sees and steers every job of the tenant. */
    DISPATCHER,
    /** Drives to incidents. */
    VENDOR,
    /** Reported an incident. */
    CALLER,
    /** Came with a share link. */
    GUEST
}
