package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.graphql.client.WebSocketGraphQlClient;
import org.springframework.web.reactive.socket.client.StandardWebSocketClient;
import reactor.core.Disposable;

/** A concurrent session of another tenant with a subscriber over a WebSocket and a vehicle that moves once a second. */
final class Bystander implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double STEP_DEGREES = 0.0001;

    private final WebSocketGraphQlClient client;
    private final String sessionId;
    private final Disposable watching;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Move> moves = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** A move as it was answered, and how long that took. */
    record Move(Instant recordedAt, String outcome, Duration took) {}

    /** An update as it arrived. */
    record Seen(Update update, Instant at) {}

    record Update(String kind, int sequence, @Nullable Location location) {}

    record Location(Instant recordedAt) {}

    private Bystander(int port, String tenant) {
        client = WebSocketGraphQlClient.builder(
                        URI.create("ws://127.0.0.1:%d/graphql".formatted(port)), new StandardWebSocketClient())
                .header("X-Towline-Local-Tenant", tenant)
                .build();
        sessionId = newSession();
        watching = client.document("""
            subscription($id: ID!) {
              onTrackingUpdated(sessionId: $id) { kind sequence location { recordedAt } }
            }\
            """)
                .variable("id", sessionId)
                .retrieveSubscription("onTrackingUpdated")
                .toEntity(Update.class)
                .subscribe(update -> seen.add(new Seen(update, Instant.now())));
        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
    }

    /** Starts the job, and moves on as soon as it is watched. */
    static Bystander start(int port, String tenant) {
        Bystander bystander = new Bystander(port, tenant);
        var _ = bystander.clock.scheduleAtFixedRate(bystander::move, 0, 1, TimeUnit.SECONDS);
        return bystander;
    }

    /** Ends the job, and returns when its end has been seen. */
    void finish() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        var _ = call("""
            mutation($id: ID!) { updateSessionStatus(input: {sessionId: $id, status: COMPLETED}) { id } }\
            """, Map.of("id", sessionId));
        await().atMost(PATIENCE).until(watching::isDisposed);
    }

    List<Move> moves() {
        return List.copyOf(moves);
    }

    List<Update> updates() {
        return seen.stream().map(Seen::update).toList();
    }

    /** From when a fix was taken to when its update was seen, each. */
    List<Duration> delays() {
        return seen.stream()
                .filter(each -> each.update.kind.equals("LOCATION"))
                .map(each -> Duration.between(Objects.requireNonNull(each.update.location).recordedAt, each.at))
                .toList();
    }

    /** The 95th percentile. */
    static Duration p95(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get(Math.ceilDiv(95 * sorted.size(), 100) - 1);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        watching.dispose();
        client.stop().block(PATIENCE);
    }

    private String newSession() {
        String vendor = field(call("""
            mutation { registerVendor(input: {name: "Bystander", capabilities: [TOWING],
              position: {latitude: 48.1, longitude: 11.5}}) { id } }\
            """, Map.of()), "registerVendor.id");
        String incident = field(call("""
            mutation { createIncident(input: {kind: FUEL, position: {latitude: 48.2, longitude: 11.6}}) { id } }\
            """, Map.of()), "createIncident.id");
        return field(call("""
            mutation($incident: ID!, $vendor: ID!) {
              startTrackingSession(input: {incidentId: $incident, vendorId: $vendor}) { id } }\
            """, Map.of("incident", incident, "vendor", vendor)), "startTrackingSession.id");
    }

    private void move() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ClientGraphQlResponse answer = call(
                """
                mutation($id: ID!, $latitude: Float!, $now: DateTime!) {
                  updateLocation(input: {sessionId: $id, location: {latitude: $latitude, longitude: 11.5, recordedAt: $now}}) {
                    outcome } }\
                """, Map.of("id", sessionId, "latitude", 48.1 + moves.size() * STEP_DEGREES, "now", now.toString()));
        moves.add(new Move(now, field(answer, "updateLocation.outcome"), Duration.between(now, Instant.now())));
    }

    private ClientGraphQlResponse call(String document, Map<String, Object> variables) {
        Map<String, @Nullable Object> given = new HashMap<>(variables);
        return Objects.requireNonNull(
                client.document(document).variables(given).execute().block(PATIENCE));
    }

    private static String field(ClientGraphQlResponse answer, String path) {
        assertThat(answer.getErrors()).isEmpty();
        return Objects.requireNonNull(answer.field(path).toEntity(String.class));
    }
}
