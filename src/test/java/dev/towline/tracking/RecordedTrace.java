package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a vehicle reported, from the recorded traces ({@code traces_*.csv.gz}): nothing is left out or put in order.
 *
 * @param file the name of its file without {@code traces_}
 * @param id the id of the trace
 * @param fixes in the order of the file, which is that of their delivery; at least one
 */
record RecordedTrace(String file, String id, List<LocationInput> fixes) {

    /** All traces, by file. */
    static List<RecordedTrace> all(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().matches("traces_.*\\.csv\\.gz"))
                    .sorted()
                    .toList();
        }
        List<RecordedTrace> traces = new ArrayList<>();
        for (Path file : files) {
            traces.addAll(in(file));
        }
        return traces;
    }

    private static List<RecordedTrace> in(Path file) throws IOException {
        String name = file.getFileName().toString().replaceAll("^traces_|\\.csv\\.gz$", "");
        Map<String, List<LocationInput>> traces = new LinkedHashMap<>();
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.readLine(); // trace_id,source,seq,t_ms,t_kind,lat,lon,speed_mps,heading_deg,accuracy_m
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] values = line.split(",", -1);
                traces.computeIfAbsent(values[0], _ -> new ArrayList<>()).add(fix(values));
            }
        }
        return traces.entrySet().stream()
                .map(trace -> new RecordedTrace(name, trace.getKey(), trace.getValue()))
                .toList();
    }

    private static LocationInput fix(String[] values) {
        return new LocationInput(
                Double.parseDouble(values[5]),
                Double.parseDouble(values[6]),
                Instant.ofEpochMilli(Long.parseLong(values[3])),
                numberOrNull(values[7]),
                numberOrNull(values[8]),
                numberOrNull(values[9]));
    }

    private static @Nullable Double numberOrNull(String value) {
        return value.isEmpty() ? null : (Double) Double.parseDouble(value);
    }

    /** Where the vehicle was at last. */
    GeoPoint end() {
        return new GeoPoint(fixes.getLast().latitude(), fixes.getLast().longitude());
    }

    Instant oldest() {
        return fixes.stream()
                .map(LocationInput::recordedAt)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    Instant newest() {
        return fixes.stream()
                .map(LocationInput::recordedAt)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
