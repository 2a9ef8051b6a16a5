package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.towline.dynamo.Fault;
import dev.towline.local.AlsoWithoutDax;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.GraphQlResponse;
import org.springframework.graphql.ResponseError;
import org.springframework.graphql.client.SubscriptionErrorException;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.WebSocketGraphQlTester;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** More concurrent requests than DynamoDB accepts: refused clients get a retry time, and the log stays readable. */
@AlsoWithoutDax
class BurstScenarios extends RunningTowline {

    private static final int SOCKETS = 4;
    private static final int EACH = 250;
    private static final int REQUESTS = 60;

    /** Watchers of one session share its reads. Within 3 s each of the 128 connections begins two reads, so these are too many. */
    private static final int SESSIONS = 320;

    /** The service waits 3 s for a write, and this may be the first load of its JVM. */
    private static final int STARTED_AT_ONCE = 32;

    /** So that not all who come at once get a connection before their time is over, which is 3 s. */
    private static final Duration SLOW = Duration.ofMillis(2_500);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String WATCH =
            "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind sequence session { id } } }";

    private static final Pattern CAUSE = Pattern.compile("< ([\\w.$]+)");

    /** What a line says, and when the line before it was written, if answers had none since. */
    private static final Pattern LINE = Pattern.compile(
            "\\w+, correlation id \\S+(?: and \\d+ more since (?<since>\\S+))?: (?<says>.*?)(?: < .*)?");

    private static final String COME_AGAIN = "UNAVAILABLE, come again in 1 to 5 s";

    private final List<WebSocketGraphQlTester> sockets = new ArrayList<>();

    @BeforeEach
    void connect() {
        for (int i = 0; i < SOCKETS; i++) {
            WebSocketGraphQlTester socket = Sockets.of(dispatcher.api());
            socket.start().block(PATIENCE);
            sockets.add(socket);
        }
    }

    @AfterEach
    void calm() {
        DYNAMO.calm();
        sockets.forEach(socket -> socket.stop().block(PATIENCE));
    }

    @Test
    void answersEveryoneOrSaysWhenToComeAgain() throws InterruptedException {
        List<String> sessions = new ArrayList<>();
        while (sessions.size() < SESSIONS) {
            sessions.addAll(Together.times(STARTED_AT_ONCE, _ -> dispatcher.session()));
        }
        dispatcher.api().forgetEverything();
        Instant begin = Instant.now();
        try (LoggedLines log = LoggedLines.open()) {
            DYNAMO.always("GetItem", Fault.slow(SLOW));
            DYNAMO.always("BatchGetItem", Fault.slow(SLOW));
            List<Together.Task<List<String>>> all = new ArrayList<>(requests(sessions.getFirst()));
            all.add(() -> watch(sessions, EACH, EACH));
            Map<String, Long> outcomes = Together.run(all).stream()
                    .flatMap(List::stream)
                    .collect(Collectors.groupingBy(outcome -> outcome, TreeMap::new, Collectors.counting()));

            assertThat(outcomes.keySet())
                    .as("%s", outcomes)
                    .contains(COME_AGAIN)
                    .isSubsetOf("answered", COME_AGAIN);
            assertThat(log.withStackTrace()).isEmpty();
            assertThat(log.of("ErrorLog")).isEmpty();
            assertThat(log.of("FailureLog")).isNotEmpty();
            assertOneLineAKindAndSecond(log.of("FailureLog"), begin);
        }
        DYNAMO.calm();
        // a few at a time: the client of DynamoDB has spent what it may spend on repetitions, and earns it back with
        // calls that succeed
        assertThat(watch(sessions, EACH / 2, 2)).containsOnly("answered");
    }

    /** What comes of that many subscriptions over each socket, so many of them at once. */
    private List<String> watch(List<String> sessions, int each, int atOnce) {
        return Flux.range(0, SOCKETS)
                .flatMap(socket -> Flux.range(socket * each, each)
                        .flatMap(i -> outcome(sockets.get(socket), sessions.get(i % sessions.size())), atOnce))
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static Mono<String> outcome(WebSocketGraphQlTester socket, String session) {
        return socket.document(WATCH)
                .variable("id", session)
                .executeSubscription()
                .toFlux()
                .map(GraphQlTester.Response::returnResponse)
                .next()
                .map(BurstScenarios::outcome)
                .onErrorResume(SubscriptionErrorException.class, failure -> Mono.just(outcome(failure.getErrors())));
    }

    private List<Together.Task<List<String>>> requests(String session) {
        return IntStream.range(0, REQUESTS)
                .<Together.Task<List<String>>>mapToObj(i -> () -> List.of(outcome(dispatcher
                        .api()
                        .response(
                                switch (i % 3) {
                                    case 0 ->
                                        "{ getTrackingSession(id: '%s') { vendor { name } trail { edges { cursor } } } }"
                                                .formatted(session);
                                    case 1 ->
                                        "mutation { createIncident(input: {kind: TIRE, clientToken: 'burst-%d', position: {latitude: 1, longitude: 1}}) { id } }"
                                                .formatted(i);
                                    default -> "{ listTrackingSessions { edges { node { incident { kind } } } } }";
                                },
                                Map.of(),
                                Map.of()))))
                .toList();
    }

    private static String outcome(GraphQlResponse response) {
        return response.getErrors().isEmpty() ? "answered" : outcome(response.getErrors());
    }

    private static String outcome(List<ResponseError> errors) {
        return errors.stream()
                .map(error -> outcome(
                        String.valueOf(error.getExtensions().get("code")),
                        String.valueOf(error.getExtensions().get("retryAfterSeconds"))))
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static String outcome(JsonNode response) {
        return response.path("errors").isMissingNode()
                ? "answered"
                : response.path("errors")
                        .valueStream()
                        .map(error -> outcome(
                                error.at("/extensions/code").asString(""),
                                error.at("/extensions/retryAfterSeconds").asString("")))
                        .distinct()
                        .collect(Collectors.joining(" and "));
    }

    private static String outcome(String code, String retryAfterSeconds) {
        return code + ", come again in " + (retryAfterSeconds.matches("[1-5]") ? "1 to 5 s" : retryAfterSeconds);
    }

    /**
     * A line is written a while after it was decided on, on a busy machine a long while. So what counts is what the line after it
     * says of when that was.
     */
    private static void assertOneLineAKindAndSecond(List<ILoggingEvent> lines, Instant begin) {
        Map<String, List<ILoggingEvent>> kinds = lines.stream().collect(Collectors.groupingBy(BurstScenarios::kind));
        assertThat(kinds).allSatisfy((kind, ofKind) -> {
            List<Instant> decided = ofKind.stream()
                    .flatMap(line -> since(line).stream())
                    .filter(since -> since.isAfter(begin))
                    .sorted()
                    .toList();
            for (int i = 1; i < decided.size(); i++) {
                assertThat(decided.get(i))
                        .as(kind)
                        .isAfterOrEqualTo(decided.get(i - 1).plusSeconds(1));
            }
            ofKind.forEach(line -> since(line)
                    .ifPresent(since -> assertThat(line.getInstant()).as(kind).isAfterOrEqualTo(since.plusSeconds(1))));
            // the first has none before it; another one that names none follows answers that all had lines
            int withoutEarlier = ofKind.size() - decided.size();
            Instant last = ofKind.stream()
                    .map(ILoggingEvent::getInstant)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Instant first = Stream.concat(decided.stream(), ofKind.stream().map(ILoggingEvent::getInstant))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            assertThat(ofKind)
                    .as(kind)
                    .hasSizeLessThanOrEqualTo(
                            (int) Duration.between(first, last).toSeconds() + Math.min(2, withoutEarlier));
        });
    }

    /** What callers are told, and the first cause. */
    private static String kind(ILoggingEvent line) {
        String cause = CAUSE.matcher(line.getFormattedMessage())
                .results()
                .map(each -> each.group(1))
                .reduce("none", (_, deeper) -> deeper);
        return parsed(line).group("says") + " < " + cause;
    }

    private static Optional<Instant> since(ILoggingEvent line) {
        return Optional.ofNullable(parsed(line).group("since")).map(Instant::parse);
    }

    private static Matcher parsed(ILoggingEvent line) {
        Matcher parsed = LINE.matcher(line.getFormattedMessage());
        assertThat(parsed.matches()).as(line.getFormattedMessage()).isTrue();
        return parsed;
    }
}
