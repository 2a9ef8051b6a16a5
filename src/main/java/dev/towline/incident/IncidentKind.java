package dev.towline.incident;

/** What is wrong with the vehicle. */
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
