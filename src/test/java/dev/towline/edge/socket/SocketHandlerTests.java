package dev.towline.edge.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.SomeDocuments;
import dev.towline.edge.http.FakeGraphQl;
import dev.towline.problem.BadInput;
import dev.towline.problem.Forbidden;
import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.json.JsonMapper;

/** The life cycle of a WebSocket with the default settings. */
@Timeout(30)
class SocketHandlerTests {

    private static final String INIT = "{'type':'connection_init'}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Viewer VIEWER = new Viewer(Role.CALLER, "carl", new Tenant("acme"));

    private final BodyBudget budget = new BodyBudget(2_000_000);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final FakeGraphQl graphQl = new FakeGraphQl();
    private SocketHandler handler;

    @BeforeEach
    void startHandler() {
        handler = new SocketHandler(
                graphQl,
                JsonMapper.shared(),
                settings(Map.of()),
                new RetryTimes(new Random(7), Duration.ofSeconds(10)),
                SomeDocuments.unknown(),
                Limited.by(Map.of()),
                budget,
                () -> now);
    }

    @AfterEach
    void resetTheClock() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void hasDefaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(new SocketSettings(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(12),
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({"init-timeout, 0s", "ping-interval, -1s", "max-message, 0B", "max-message, 2GB", "message-timeout, 0s"})
    void namesTheInvalidSetting(String setting, String value) {
        assertThatThrownBy(() -> settings(Map.of("towline.socket." + setting, value)))
                .rootCause()
                .hasMessageContaining("towline.socket." + setting);
    }

    @Test
    void keepsNoLongMessageOfAClientThatIsNotKnown() {
        FakeSocket stranger = FakeSocket.connect(handler).saysPart(" ".repeat(SocketText.FIRST_BYTES));
        assertThat(stranger.isOpen()).isTrue();
        assertThat(stranger.saysPart(" ").closed().getCode()).isEqualTo(1009);

        FakeSocket known = FakeSocket.introduced(handler).saysPart(" ".repeat(SocketText.FIRST_BYTES + 1));
        assertThat(known.isOpen()).isTrue();
    }

    @Test
    void keepsNoMoreUnfinishedMessagesThanThereIsRoomForAllTogether() {
        FakeSocket one = FakeSocket.introduced(handler).saysPart(" ".repeat(1_000_000));
        FakeSocket another = FakeSocket.introduced(handler).saysPart(" ".repeat(1_000_000));
        FakeSocket two = FakeSocket.introduced(handler).saysPart(" ".repeat(24_000));
        assertThat(two.isOpen()).isTrue();
        two.saysPart(" ".repeat(1_000));
        assertThat(two.closed().getCode()).isEqualTo(1013);
        assertThat(two.closed().getReason()).startsWith("Try again later; retry after ");

        another.leaves();
        assertThat(one.says("{'type':'ping'}").hears()).isEqualTo("{'type':'pong'}");
        assertThat(budget.left()).as("after the whole message").isEqualTo(2_000_000);
        one.saysPart(" ".repeat(100_000)).leaves();
        assertThat(budget.left()).as("after the connection").isEqualTo(2_000_000);
    }

    @Test
    void waitsForTheEndOfAMessageForThirtySeconds() {
        FakeSocket socket = FakeSocket.introduced(handler).saysPart("{");
        now = now.plusSeconds(30);
        assertThat(socket.says("'type':'ping'}").hears()).isEqualTo("{'type':'pong'}");
        socket.saysPart("{").saysPart(" ");
        now = now.plusSeconds(31);
        assertThat(socket.saysPart(" ").closed())
                .isEqualTo(new CloseStatus(4408, "A message did not arrive within 30000 ms (messageTimeout)"));
    }

    @Test
    void keepsOfTheExtensionsOnlyWhatIsUsed() {
        FakeSocket.introduced(handler)
                .says("{'id':'1','type':'subscribe','payload':{'query':'{ field }','extensions':{'x':[{},{}]}}}");
        assertThat(Objects.requireNonNull(graphQl.request).getExtensions()).isEmpty();
    }

    @Test
    void countsAlsoOperationsThatAreRefused() {
        FakeSocket socket = FakeSocket.introduced(limited("5"));
        String refused = "{'id':'1','type':'subscribe','payload':{'extensions':{'persistedQuery':{}}}}";
        for (int i = 0; i < 4; i++) {
            assertThat(socket.says(refused).hears()).contains("PERSISTED_QUERY_NOT_SUPPORTED");
        }
        assertThat(socket.says(refused).hears()).contains("'code':'RATE_LIMITED'", "'retryAfterSeconds':");
    }

    @Test
    void countsAlsoConnectionsOfAnotherProtocol() {
        SocketHandler limited = limited("5");
        for (int i = 0; i < 5; i++) {
            assertThat(FakeSocket.connect(limited, "chat").closed().getCode()).isEqualTo(4406);
        }
        assertThat(FakeSocket.connect(limited, "chat").closed().getCode()).isEqualTo(1013);
    }

    /** Redis never answers, so all of this burst is spent on credit. */
    private SocketHandler limited(String burst) {
        return new SocketHandler(
                graphQl,
                JsonMapper.shared(),
                settings(Map.of()),
                new RetryTimes(new Random(7), Duration.ofSeconds(10)),
                SomeDocuments.unknown(),
                Limited.by(Map.of("address-burst", burst, "address-per-second", "1")),
                budget,
                () -> now);
    }

    @Test
    void closesASocketWithoutConnectionInitWithinThreeSeconds() {
        FakeSocket socket = FakeSocket.connect(handler);

        time.advanceTimeBy(Duration.ofMillis(2999));
        assertThat(socket.says("{'type':'ping'}").hears()).isEqualTo("{'type':'pong'}");
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(socket.closed())
                .isEqualTo(new CloseStatus(4408, "Connection initialisation timeout: 3000 ms (initTimeout)"));
    }

    @Test
    void allowsTheServiceMoreTimeToAnswerConnectionInit() {
        Sinks.One<Object> answer = Sinks.one();
        graphQl.introduction = answer::asMono;
        FakeSocket socket = FakeSocket.connect(handler).says(INIT);

        time.advanceTimeBy(Duration.ofSeconds(10));
        answer.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(socket.hears()).isEqualTo("{'type':'connection_ack'}");
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void closesASocketWithASecondConnectionInitBeforeTheAcknowledgement() {
        graphQl.introduction = Mono::never;
        FakeSocket socket = FakeSocket.connect(handler).says(INIT).says(INIT);

        assertThat(socket.closed()).isEqualTo(new CloseStatus(4429, "Too many initialisation requests"));
    }

    @Test
    void sendsThePayloadOfTheAcknowledgement() {
        graphQl.introduction = () -> Mono.just(Map.of("itsa", "me"));

        assertThat(FakeSocket.connect(handler).says(INIT).hears())
                .isEqualTo("{'type':'connection_ack','payload':{'itsa':'me'}}");
    }

    @Test
    void acceptsAnOperationWhileTheAcknowledgementIsBeingSent() {
        FakeSocket socket = FakeSocket.connect(handler);
        socket.onHearing = message -> {
            if (message.contains("connection_ack")) {
                socket.subscribes("1");
            }
        };
        socket.says(INIT);

        assertThat(socket.hears()).contains("connection_ack");
        assertThat(socket.hears()).isEqualTo("{'id':'1','type':'next','payload':{'data':{'field':1}}}");
    }

    @Test
    void closesAnUnauthenticatedSocket() {
        graphQl.introduction = () -> Mono.error(new Unauthenticated());

        assertThat(FakeSocket.connect(handler).says(INIT).closed()).isEqualTo(new CloseStatus(4401, "Unauthorized"));
    }

    @Test
    void closesAForbiddenSocket() {
        graphQl.introduction = () -> Mono.error(new Forbidden("Only for dispatchers."));
        assertThat(FakeSocket.connect(handler).says(INIT).closed()).isEqualTo(new CloseStatus(4403, "Forbidden"));

        graphQl.introduction = () -> {
            throw new Forbidden("Only for dispatchers.");
        };
        assertThat(FakeSocket.connect(handler).says(INIT).closed()).isEqualTo(new CloseStatus(4403, "Forbidden"));
    }

    @Test
    void asksAClientWhoseCredentialsCannotBeCheckedToComeBack() {
        graphQl.introduction = () -> Mono.error(new Unavailable("Later.", null));

        CloseStatus status = FakeSocket.connect(handler).says(INIT).closed();

        assertThat(status.getCode()).isEqualTo(1013);
        assertThat(status.getReason()).matches("Try again later; retry after [1-5]000 ms");
    }

    @Test
    void closesASocketWithAMalformedCredentialAndNamesIt() {
        graphQl.introduction = () -> Mono.error(new BadInput("X-Role", "must be a role."));
        assertThat(FakeSocket.connect(handler).says(INIT).closed())
                .isEqualTo(new CloseStatus(4400, "`X-Role` must be a role."));

        graphQl.introduction = () -> Mono.error(new BadInput("X-R\u00f6le" + "x".repeat(200), "No."));
        assertThat(FakeSocket.connect(handler).says(INIT).closed())
                .isEqualTo(new CloseStatus(4400, "`X-R?le" + "x".repeat(113)));
    }

    @Test
    void closesASocketWithAnInternalErrorIfConnectionInitFails() {
        graphQl.introduction = () -> Mono.error(new IllegalStateException("java.secret"));
        assertThat(FakeSocket.connect(handler).says(INIT).closed())
                .isEqualTo(new CloseStatus(4500, "Internal server error"));
    }

    @Test
    void closesASocketIfAMessageCannotBeHandled() {
        FakeSocket socket = FakeSocket.connect(handler);
        socket.onHearing = _ -> {
            throw new UnsupportedOperationException("java.secret");
        };
        socket.says("{'type':'ping'}");

        assertThat(socket.closed()).isEqualTo(new CloseStatus(4500, "Internal server error"));
    }

    @Test
    void sendsAPingEveryTwelveSeconds() {
        FakeSocket socket = FakeSocket.introduced(handler);

        for (int i = 0; i < 3; i++) {
            assertThat(socket.heardAll()).isTrue();
            time.advanceTimeBy(Duration.ofSeconds(12));
            assertThat(socket.hears()).isEqualTo("{'type':'ping'}");
            socket.says("{'type':'pong'}");
            // The client answers after the ping has been sent.
            assertThat(socket.says("{'type':'ping'}").hears()).isEqualTo("{'type':'pong'}");
        }
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void closesASocketAfterTwoPingsWithoutAMessage() {
        FakeSocket socket = FakeSocket.introduced(handler);

        time.advanceTimeBy(Duration.ofSeconds(12));
        assertThat(socket.hears()).isEqualTo("{'type':'ping'}");
        assertThat(socket.isOpen()).isTrue();
        time.advanceTimeBy(Duration.ofSeconds(12));

        assertThat(socket.closed()).isEqualTo(new CloseStatus(4499, "Terminated"));
    }

    @Test
    void keepsASocketThatIsBusyWithAMessageAtTheTimeOfAPing() {
        FakeSocket socket = FakeSocket.introduced(handler);
        CountDownLatch taken = new CountDownLatch(1);
        socket.onHearing = _ -> awaitUnchecked(taken);
        Thread.startVirtualThread(() -> socket.subscribes("1"));
        assertThat(socket.hears()).contains("'next'");

        for (int i = 0; i < 3; i++) {
            time.advanceTimeBy(Duration.ofSeconds(12));
            await().during(Duration.ofMillis(100)).until(socket::isOpen);
        }
        taken.countDown();
    }

    @Test
    void doesNotReactToAPong() {
        FakeSocket socket = FakeSocket.connect(handler).says("{'type':'pong','payload':{'a':1}}");

        assertThat(socket.heardAll()).isTrue();
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void joinsPartialMessages() {
        FakeSocket socket = FakeSocket.connect(handler);

        handler.handleTextMessage(socket, new TextMessage("{\"type\":", false));
        handler.handleTextMessage(socket, new TextMessage("\"ping\"}", true));
        socket.says("{'type':'ping','payload':{'second':true}}");

        assertThat(socket.hears()).isEqualTo("{'type':'pong'}");
        assertThat(socket.hears()).isEqualTo("{'type':'pong','payload':{'second':true}}");
    }

    @Test
    void limitsTheTotalBytesOfPartialMessages() {
        FakeSocket socket = FakeSocket.introduced(handler);
        TextMessage part = new TextMessage("\u00e9".repeat(512 * 1024 / 2), false);

        handler.handleTextMessage(socket, part);
        handler.handleTextMessage(socket, part);
        assertThat(socket.isOpen()).isTrue();
        handler.handleTextMessage(socket, new TextMessage(" ", true));

        assertThat(socket.closed())
                .isEqualTo(new CloseStatus(1009, "A message has at most 1048576 bytes (messageBytes)"));
    }

    @Test
    void closesAllSocketsAtShutdownEachWithATimeOfItsOwn() {
        graphQl.operation =
                () -> Mono.just(Sinks.many().multicast().onBackpressureBuffer().asFlux());
        List<FakeSocket> open = Stream.of(
                        FakeSocket.connect(handler),
                        FakeSocket.introduced(handler),
                        FakeSocket.introduced(handler).subscribes("1"))
                .toList();

        assertThat(handler.drain()).succeedsWithin(PATIENCE);

        List<FakeSocket> all = Stream.concat(open.stream(), Stream.of(FakeSocket.connect(handler)))
                .toList();
        assertThat(all).extracting(FakeSocket::isOpen).containsOnly(false);
        assertThat(all).extracting(socket -> socket.closed().getCode()).containsOnly(1001);
        assertThat(all)
                .extracting(socket -> String.valueOf(socket.closed().getReason()))
                .doesNotHaveDuplicates()
                .allMatch(reason -> reason.matches("Going away; retry after \\d{1,5} ms"));
    }

    @Test
    void answersOperationsInFlightBeforeItClosesASocketAtShutdown() {
        Sinks.One<Object> data = Sinks.one();
        graphQl.operation = data::asMono;
        FakeSocket socket = FakeSocket.introduced(handler).subscribes("early");

        CompletableFuture<Void> drained = handler.drain();
        socket.subscribes("late");
        assertThat(drained).isNotDone();
        assertThat(socket.isOpen()).isTrue();
        var _ = data.tryEmitValue(Map.of("field", 1));

        assertThat(drained).succeedsWithin(PATIENCE);
        assertThat(socket.hears()).contains("'early'", "'next'");
        assertThat(socket.hears()).contains("'early'", "'complete'");
        assertThat(socket.heardAll()).isTrue();
        assertThat(socket.closed().getCode()).isEqualTo(1001);
    }

    @Test
    void doesNotWaitAtShutdownForAClientThatDoesNotRead() {
        CountDownLatch taken = new CountDownLatch(1);
        FakeSocket slow = FakeSocket.introduced(handler);
        slow.onHearing = _ -> awaitUnchecked(taken);
        Thread.startVirtualThread(() -> slow.subscribes("1"));
        assertThat(slow.hears()).contains("'next'");
        FakeSocket other = FakeSocket.introduced(handler);

        CompletableFuture<Void> drained = handler.drain();

        assertThat(other.closed().getCode()).isEqualTo(1001);
        assertThat(drained).succeedsWithin(PATIENCE);
        taken.countDown();
    }

    @Test
    void endsStreamsAndClosesASocketWhenItsCredentialsEnd() {
        Sinks.Many<Object> updates = Sinks.many().multicast().onBackpressureBuffer();
        graphQl.operation = () -> Mono.just(updates.asFlux());
        FakeSocket socket = authenticated(Authentication.until(now.plusSeconds(10), VIEWER, () -> now))
                .subscribes("1");

        time.advanceTimeBy(Duration.ofMillis(9_999));
        updates.tryEmitNext(FakeGraphQl.result(1)).orThrow();
        assertThat(socket.isOpen()).isTrue();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(updates.currentSubscriberCount()).isZero();
        assertThat(socket.closed()).isEqualTo(new CloseStatus(4403, "Forbidden"));
        assertThat(socket.heardSoFar()).containsExactly("{'id':'1','type':'next','payload':{'data':{'field':1}}}");
    }

    @Test
    void answersOperationsInFlightWhenCredentialsEndAndRefusesOthers() {
        Sinks.Empty<Void> end = Sinks.empty();
        Sinks.One<Object> data = Sinks.one();
        Sinks.One<Object> stream = Sinks.one();
        Sinks.Many<Object> updates = Sinks.many().multicast().onBackpressureBuffer();
        FakeSocket socket = authenticated(new Authentication(VIEWER, end.asMono()));
        graphQl.operation = data::asMono;
        socket.subscribes("query");
        graphQl.operation = () -> Mono.just(updates.asFlux());
        socket.subscribes("open stream");
        graphQl.operation = stream::asMono;
        socket.subscribes("stream");

        end.tryEmitEmpty().orThrow();
        assertThat(updates.currentSubscriberCount()).isZero();
        graphQl.operation = () -> Mono.just(Map.of("field", 2));
        socket.subscribes("late");
        stream.tryEmitValue(Flux.just(FakeGraphQl.result(3))).orThrow();
        data.tryEmitValue(Map.of("field", 1)).orThrow();

        assertThat(socket.closed()).isEqualTo(new CloseStatus(4403, "Forbidden"));
        // no `complete` of the stream, after which a client would not subscribe again
        assertThat(socket.heardSoFar())
                .containsExactly(
                        "{'id':'query','type':'next','payload':{'data':{'field':1}}}",
                        "{'id':'query','type':'complete'}");
        assertThat(updates.currentSubscriberCount()).isZero();
    }

    @Test
    void closesASocketAtTheEndOfItsCredentialsThoughAnOperationDoesNotEnd() {
        Sinks.Empty<Void> end = Sinks.empty();
        graphQl.operation = Mono::never;
        FakeSocket socket =
                authenticated(new Authentication(VIEWER, end.asMono())).subscribes("1");

        end.tryEmitEmpty().orThrow();

        assertThat(socket.closed()).isEqualTo(new CloseStatus(4403, "Forbidden"));
    }

    @Test
    void forgetsTheCredentialsOfAClosedSocket() {
        Sinks.Empty<Void> end = Sinks.empty();
        FakeSocket socket = authenticated(new Authentication(VIEWER, end.asMono()));
        assertThat(end.currentSubscriberCount()).isOne();

        socket.leaves();

        assertThat(end.currentSubscriberCount()).isZero();
    }

    @Test
    void hasNoTimerForCredentialsWithoutEnd() {
        FakeSocket.introduced(handler);
        long timers = time.getScheduledTaskCount();
        authenticated(Authentication.forever(VIEWER));

        assertThat(time.getScheduledTaskCount()).isEqualTo(2 * timers);
        authenticated(Authentication.until(now.plusSeconds(60), VIEWER, () -> now));
        assertThat(time.getScheduledTaskCount()).isEqualTo(3 * timers + 1);
    }

    private FakeSocket authenticated(Authentication authentication) {
        FakeSocket socket = FakeSocket.connect(handler);
        socket.getAttributes().put(Authentication.class.getName(), authentication);
        assertThat(socket.says(INIT).hears()).isEqualTo("{'type':'connection_ack'}");
        return socket;
    }

    @Test
    void countsMessagesAndPongsOfWebSocket() {
        SocketHandler limited = limited("10000");
        FakeSocket socket = FakeSocket.introduced(limited);
        double before = refused("socketMessagesPerSecond");
        for (int i = 0; i < 100_000 && socket.isOpen(); i++) {
            limited.handlePongMessage(socket, new PongMessage());
        }

        assertThat(socket.closed())
                .isEqualTo(new CloseStatus(4429, "Too many messages: at most 500 a second (socketMessagesPerSecond)"));
        assertThat(refused("socketMessagesPerSecond")).isEqualTo(before + 1);
    }

    private static double refused(String limit) {
        return Limited.METERS
                .get("towline.limits.refused")
                .tag("limit", limit)
                .counter()
                .count();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SocketSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("towline.socket", SocketSettings.class);
    }
}
