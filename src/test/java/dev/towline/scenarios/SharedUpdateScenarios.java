package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.graphql.client.HttpGraphQlClient;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watchers that see an update alike share its execution. */
class SharedUpdateScenarios extends RunningTowline {

    private static final String VARIABLES = "$after: Int, $everyMs: Int, $meters: Float, $withVendor: Boolean = true";
    private static final String ARGUMENTS = "after: $after, minIntervalMs: $everyMs, minDistanceMeters: $meters";
    private static final String SELECTION =
            "kind sequence missed location { latitude } session { vendor @include(if: $withVendor) { name phone } }";

    @Autowired
    private MeterRegistry meters;

    @Test
    void isExecutedOnceWhateverTheWatchersHaveSeenAndHoweverOften() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(100));
        Caller other = dispatcher.api().named("another");
        try (Watching fromStart = watch(dispatcher.api(), session, Map.of());
                Watching resumed = watch(other, session, Map.of("after", 1));
                Watching slowly = watch(other, session, Map.of("everyMs", 1, "meters", 0.5))) {
            List<Watching> all = List.of(fromStart, resumed, slowly);
            all.forEach(Watching::next);
            double before = executed();

            List<JsonNode> seen = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                dispatcher.send(session, secondsAgo(100 - 10 * i));
                all.forEach(each -> seen.add(each.next()));
            }

            assertThat(executed() - before).isEqualTo(3);
            assertThat(seen).hasSize(9);
            assertThat(seen.subList(0, 3)).containsOnly(seen.getFirst());
        }
    }

    @Test
    void isExecutedForEachAudienceAndForEachSelection() {
        String vendor = dispatcher.vendor();
        dispatcher
                .api()
                .mutate("updateVendor(input: {vendorId: '%s', phone: '+1 512 555 0100'}) { id }".formatted(vendor));
        String session = dispatcher.session(dispatcher.incident(), vendor);
        Caller guest = dispatcher
                .api()
                .with(
                        "X-Towline-Share",
                        SharedLink.of(dispatcher.api(), session).text());
        Caller otherGuest = dispatcher
                .api()
                .with(
                        "X-Towline-Share",
                        SharedLink.of(dispatcher.api(), session).text());
        try (Watching dispatch = watch(dispatcher.api(), session, Map.of());
                Watching withoutVendor = watch(dispatcher.api(), session, Map.of("withVendor", false));
                Watching shared = watch(guest, session, Map.of());
                Watching sharedAgain = watch(otherGuest, session, Map.of())) {
            List<Watching> all = List.of(dispatch, withoutVendor, shared, sharedAgain);
            all.forEach(Watching::next);
            double before = executed();

            dispatcher.send(session, secondsAgo(60));
            List<JsonNode> seen = all.stream().map(Watching::next).toList();

            assertThat(executed() - before)
                    .as("dispatchers, without a vendor, guests")
                    .isEqualTo(3);
            assertThat(seen.get(0).at("/session/vendor/phone").isString()).isTrue();
            assertThat(seen.get(1).at("/session/vendor").isMissingNode()).isTrue();
            assertThat(seen.get(2).at("/session/vendor/phone").isNull()).isTrue();
            assertThat(seen.get(3)).isEqualTo(seen.get(2));
        }
    }

    @Test
    void isExecutedOnceForWebSocketsAndEventStreams() {
        String session = dispatcher.session();
        String document =
                "subscription { onTrackingUpdated(sessionId: \"%s\") { sequence session { vendor { name } } } }"
                        .formatted(session);
        BlockingQueue<ClientGraphQlResponse> events = new LinkedBlockingQueue<>();
        Disposable stream = eventStreams(dispatcher.api())
                .document(document)
                .executeSubscription()
                .subscribe(events::add);
        try (Watching socket = Watching.document(dispatcher.api(), "onTrackingUpdated", document, Map.of())) {
            socket.next();
            next(events);
            double before = executed();

            dispatcher.send(session, secondsAgo(60));
            JsonNode overSocket = socket.next();
            ClientGraphQlResponse overEvents = next(events);

            assertThat(executed() - before).isEqualTo(1);
            assertThat(overEvents
                            .field("onTrackingUpdated")
                            .toEntity(new ParameterizedTypeReference<Map<String, Object>>() {}))
                    .isEqualTo(JsonMapper.shared().convertValue(overSocket, Map.class));
        } finally {
            stream.dispose();
        }
    }

    /** Fields with one name in the answer are one field, and all that they select counts. */
    @Test
    void isExecutedForEachValueOfAVariableInARepeatedField() {
        String session = dispatcher.session();
        String document = """
            subscription($short: Boolean!) {
              onTrackingUpdated(sessionId: "%1$s") { sequence }
              onTrackingUpdated(sessionId: "%1$s") { session { id status @skip(if: $short) } }
            }
            """.formatted(session);
        try (Watching shortly =
                        Watching.document(dispatcher.api(), "onTrackingUpdated", document, Map.of("short", true));
                Watching wholly =
                        Watching.document(dispatcher.api(), "onTrackingUpdated", document, Map.of("short", false))) {
            shortly.next();
            wholly.next();

            dispatcher.send(session, secondsAgo(60));

            assertThat(shortly.next().at("/session/status").isMissingNode()).isTrue();
            assertThat(wholly.next().at("/session/status").isString()).isTrue();
        }
    }

    private static Watching watch(Caller viewer, String session, Map<String, @Nullable Object> variables) {
        return Watching.document(
                viewer,
                "onTrackingUpdated",
                "subscription(%s) { onTrackingUpdated(sessionId: \"%s\", %s) { %s } }"
                        .formatted(VARIABLES, session, ARGUMENTS, SELECTION),
                variables);
    }

    private static HttpGraphQlClient eventStreams(Caller viewer) {
        return HttpGraphQlClient.builder(WebClient.builder().clientConnector(new JdkClientHttpConnector()))
                .url(viewer.uri().toString())
                .header("X-Towline-Local-Tenant", viewer.tenant())
                .header("X-Towline-Local-Subject", viewer.subject())
                .build();
    }

    private static ClientGraphQlResponse next(BlockingQueue<ClientGraphQlResponse> events) {
        try {
            return Objects.requireNonNull(events.poll(Sockets.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double executed() {
        return meters.get("towline.live.items")
                .tag("result", "executed")
                .counter()
                .count();
    }
}
