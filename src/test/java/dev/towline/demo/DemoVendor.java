package dev.towline.demo;

import dev.towline.geo.GeoPoint;
import java.util.List;

/**
 * A vendor of the demo as it registers.
 *
 * @param phone in the range that belongs to nobody
 * @param free whether the fleet leaves it to whoever tries the service
 */
record DemoVendor(
        String id,
        String name,
        String phone,
        List<String> capabilities,
        double rating,
        GeoPoint position,
        boolean free) {}
