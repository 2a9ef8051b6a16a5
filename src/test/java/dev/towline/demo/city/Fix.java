package dev.towline.demo.city;

import dev.towline.geo.GeoPoint;
import java.time.Instant;

/**
 * What a vehicle's device says.
 *
 * @param headingDegrees clockwise from north, 0 to 360
 */
public record Fix(GeoPoint point, Instant recordedAt, double speedMetersPerSecond, double headingDegrees) {}
