package dev.towline.incident;

/** The kind of breakdown. */
public enum IncidentKind {
    TIRE,
    ENGINE,
    BATTERY,
    FUEL,
    LOCKOUT,
    COLLISION,
    STUCK,
    OTHER
}
