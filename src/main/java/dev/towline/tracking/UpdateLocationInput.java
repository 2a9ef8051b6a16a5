package dev.towline.tracking;

/** The argument of {@code updateLocation}. */
record UpdateLocationInput(String sessionId, LocationInput location) {}
