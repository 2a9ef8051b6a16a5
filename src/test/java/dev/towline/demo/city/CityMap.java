package dev.towline.demo.city;

import dev.towline.geo.GeoPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The city as GeoJSON for the maps of the clients: one feature a kind of street, and the river. */
final class CityMap {

    /** From the slowest to the fastest. */
    private static final List<String> KINDS = List.of("local", "arterial", "freeway");

    /** Where a line of streets ends for now. */
    private record End(Axis axis, Crossing crossing, double limit) {}

    private CityMap() {}

    static String geoJson() {
        StreetPlan plan = new StreetPlan();
        List<String> features = new ArrayList<>();
        features.add(feature("river", List.of(plan.river())));
        var kinds = KINDS.iterator();
        linesByLimit(plan.streets()).values().forEach(lines -> features.add(feature(kinds.next(), lines)));
        return features.stream()
                .collect(Collectors.joining(",\n", "{\"type\": \"FeatureCollection\", \"features\": [\n", "\n]}\n"));
    }

    /** Streets that follow each other become one line. */
    private static Map<Double, List<List<Spot>>> linesByLimit(List<Street> streets) {
        Map<Double, List<List<Spot>>> lines = new TreeMap<>();
        Map<End, List<Spot>> open = new HashMap<>();
        for (Street street : streets) {
            double limit = street.limitMetersPerSecond();
            List<Spot> line = open.remove(new End(street.axis(), street.from(), limit));
            if (line == null) {
                line = new ArrayList<>(List.of(street.from().spot()));
                lines.computeIfAbsent(limit, _ -> new ArrayList<>()).add(line);
            }
            line.add(street.to().spot());
            open.put(new End(street.axis(), street.to(), limit), line);
        }
        return lines;
    }

    private static String feature(String kind, Collection<List<Spot>> lines) {
        return lines.stream()
                .map(CityMap::line)
                .collect(Collectors.joining(
                        ",\n",
                        "{\"type\": \"Feature\", \"properties\": {\"kind\": \"%s\"}, \"geometry\": {\"type\": \"MultiLineString\", \"coordinates\": [\n"
                                .formatted(kind),
                        "\n]}}"));
    }

    private static String line(List<Spot> spots) {
        return spots.stream().map(spot -> position(spot.point())).collect(Collectors.joining(",", "[", "]"));
    }

    /** To a metre. */
    private static String position(GeoPoint point) {
        return String.format(Locale.ROOT, "[%.5f,%.5f]", point.longitude(), point.latitude());
    }
}
