package dev.towline.hostile;

import dev.towline.local.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reports an incident and looks at a vendor, again and again, and notes how long each answer takes. Thread-safe. */
final class HonestClient implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final int port;
    private final String[] documents;
    private final List<Duration> latencies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile boolean goesOn = true;

    HonestClient(int port, String vendorId) {
        this.port = port;
        this.documents = new String[] {
            "{ getVendor(id: \"" + vendorId + "\") { name } }",
            "{ searchVendorsNearby(near: {latitude: 30.27, longitude: -97.74}, radiusMiles: 10, first: 5) { edges {"
                    + " node { name } } } }",
            "mutation { createIncident(input: {kind: TIRE, position: {latitude: 30.27, longitude: -97.74}}) { id } }"
        };
        this.thread = Thread.ofPlatform().name("honest-client").start(this::run);
    }

    /** Forgets what was noted so far. */
    void begin() {
        latencies.clear();
        failures.clear();
    }

    int requests() {
        return latencies.size();
    }

    Duration percentile(double share) {
        List<Duration> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(share * sorted.size())));
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void run() {
        for (int i = 0; goesOn; i++) {
            long begin = System.nanoTime();
            try {
                HttpResponse<String> answer = Http.send(HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%d/graphql".formatted(port)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.request(documents[i % documents.length]))));
                if (answer.statusCode() != 200 || !answer.body().contains("\"data\":{")) {
                    failures.add(answer.statusCode() + " " + answer.body());
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
            latencies.add(Duration.ofNanos(System.nanoTime() - begin));
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        goesOn = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
