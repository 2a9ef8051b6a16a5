package dev.towline.tracking;

import java.util.List;

/** The argument of {@code updateLocations}. */
record UpdateLocationsInput(String sessionId, List<LocationInput> locations) {}
