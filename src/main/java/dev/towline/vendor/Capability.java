package dev.towline.vendor;

/** What a vendor can do. */
public enum Capability {
    TOWING,
    TIRE_REPAIR,
    ENGINE_REPAIR,
    BATTERY_JUMP,
    FUEL_DELIVERY,
    LOCKOUT,
    WINCHING
}
