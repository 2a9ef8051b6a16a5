package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.local.Inconclusive;
import dev.towline.local.RecordedTraces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The garages of a country, many of them in towns and at one address. */
final class RealGarages {

    private static final String FILE = "vendors_uk_mot_garages.csv.gz";

    private RealGarages() {}

    /** The recorded garages with random properties; generated ones where the recorded ones are not. */
    static List<Vendor> read() {
        Optional<Path> file =
                RecordedTraces.folder().map(folder -> folder.resolve(FILE)).filter(Files::exists);
        if (file.isEmpty()) {
            Inconclusive.because("no recorded garages (TOWLINE_TRACES, ../shared/data): generated ones instead");
            return generated();
        }
        Random random = new Random(1);
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file.get())), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> {
                        // names have commas and quotes, the columns behind them do not
                        List<String> fields = List.of(line.split(",", -1));
                        int count = fields.size();
                        return SomeVendors.random(
                                random,
                                fields.getFirst(),
                                new GeoPoint(
                                        Double.parseDouble(fields.get(count - 3)),
                                        Double.parseDouble(fields.get(count - 2))));
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Vendor> generated() {
        Random random = new Random(1);
        List<GeoPoint> towns = IntStream.range(0, 200)
                .mapToObj(_ -> new GeoPoint(random.nextDouble(50, 55), random.nextDouble(-5, 2)))
                .toList();
        return IntStream.range(0, 15_000)
                .mapToObj(i -> {
                    GeoPoint town = towns.get(random.nextInt(towns.size()));
                    return SomeVendors.random(
                            random,
                            "g" + i,
                            new GeoPoint(
                                    town.latitude() + random.nextInt(-20, 20) / 200.0,
                                    town.longitude() + random.nextInt(-20, 20) / 200.0));
                })
                .toList();
    }
}
