package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.towline.localdax.TableKey.KeyAttribute;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionSizeLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Limits, faults and the end of one node, by clients that send bytes; without DynamoDB. */
@Timeout(60)
class NodeListenerIT {

    private static final int SUCCESS = 0x80;
    private static final byte[] ENDPOINTS = RawClient.request(Method.ENDPOINTS, _ -> {});
    private static final byte[] GET = RawClient.request(
            Method.GET_ITEM,
            out -> out.binary(new byte[] {'t'}).binary(new byte[] {'k'}).nothing());
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATE = Duration.ofMinutes(1);

    private final AtomicReference<Interceptor> interceptor = new AtomicReference<>(Interceptor.NONE);
    private volatile List<Member> members = List.of();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void listensOnLoopbackAndTellsWhere() throws IOException {
        NodeListener listener = open(WireLimits.defaults());
        assertThat(listener.address().getAddress().isLoopbackAddress()).isTrue();
        RawClient client = client(listener);
        assertThat(client.send(ENDPOINTS).answer()[0] & 0xff).isEqualTo(SUCCESS);
        assertThat(listener.connections()).isEqualTo(1);
    }

    @Test
    void answersRequestsThatCameTogetherInTheirOrder() throws IOException {
        byte[] credentials = RawClient.request(
                Method.AUTHORIZE,
                out -> out.text("key").text("0a").binary(new byte[40]).nothing().nothing());
        RawClient client =
                client(open(WireLimits.defaults())).send(credentials, ENDPOINTS, GET, credentials, ENDPOINTS);
        int endpoints = client.answer().length;
        assertThat(client.answer().length).isNotEqualTo(endpoints);
        assertThat(client.answer()).hasSize(endpoints);
    }

    @Test
    void answersWithoutFramesWhereTheClientWantsNone() throws IOException {
        NodeListener listener = open(WireLimits.defaults());
        byte[] preamble = RawClient.preamble();
        preamble[8] = 0;
        RawClient client = track(new RawClient(listener.address().getPort()));
        client.send(
                preamble,
                RawClient.request(
                        Method.DEFINE_ATTRIBUTE_LIST_ID, out -> out.array(0).end()));
        assertThat(client.bytes(2)).containsExactly(SUCCESS, 1);
    }

    @Test
    void endsConnectionsThatAreIdle() throws IOException {
        NodeListener listener = open(limits(1 << 20, 10, SOON, LATE, LATE));
        RawClient client = client(listener).send(ENDPOINTS);
        assertThat(client.answer()[0] & 0xff).isEqualTo(SUCCESS);
        client.awaitEnd();
        await().until(() -> listener.connections() == 0);
    }

    @Test
    void endsRequestsThatArriveTooSlowly() throws IOException, InterruptedException {
        NodeListener listener = open(limits(1 << 20, 10, LATE, SOON, LATE));
        RawClient client = client(listener);
        for (byte each : GET) {
            client.send(new byte[] {each});
            Thread.sleep(60);
        }
        client.awaitEnd();
    }

    @Test
    void endsConnectionsWhoseClientTakesNoAnswer() throws IOException {
        NodeListener listener = open(limits(1 << 20, 10, LATE, LATE, SOON));
        RawClient client = client(listener);
        for (int i = 0; i < 100; i++) {
            client.send(GET);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> listener.connections() == 0);
    }

    @Test
    void refusesRequestsThatAreTooLargeAndSaysSo() throws IOException {
        NodeListener listener = open(limits(100_000, 10, LATE, LATE, LATE));
        byte[] large = RawClient.request(
                Method.GET_ITEM,
                out -> out.binary(new byte[90_000]).binary(new byte[20_000]).nothing());
        RawClient client = client(listener).send(large);
        client.awaitEnd();
        for (int i = 0; i < 5; i++) {
            // each is within the limit, all together are not
            RawClient another = client(listener);
            another.send(RawClient.request(
                    Method.GET_ITEM,
                    out -> out.binary(new byte[30_000]).binary(new byte[1]).nothing()));
            assertThat(another.answer()).isNotEmpty();
        }
    }

    @Test
    void refusesConnectionsBeyondTheMost() throws IOException {
        NodeListener listener = open(limits(1 << 20, 2, LATE, LATE, LATE));
        RawClient one = client(listener).send(ENDPOINTS);
        RawClient two = client(listener).send(ENDPOINTS);
        assertThat(one.answer()).isNotEmpty();
        assertThat(two.answer()).isNotEmpty();
        client(listener).awaitEnd();
        one.close();
        await().until(() -> listener.connections() == 1);
        assertThat(client(listener).send(ENDPOINTS).answer()).isNotEmpty();
    }

    @Test
    void cutsConnectionsInTheMiddleOfARequestWhenItCloses() throws IOException, InterruptedException {
        var isAsked = new CountDownLatch(1);
        var isInterrupted = new CountDownLatch(1);
        interceptor.set(_ -> {
            isAsked.countDown();
            try {
                Thread.sleep(LATE);
            } catch (InterruptedException _) {
                // to answer in spite of it is of no use
                isInterrupted.countDown();
            }
        });
        NodeListener listener = open(WireLimits.defaults());
        RawClient client = client(listener).send(GET);
        isAsked.await();
        listener.close();
        isInterrupted.await();
        assertThatThrownBy(client::answer).isInstanceOfAny(EOFException.class, SocketException.class);
        assertThatThrownBy(() -> new RawClient(listener.address().getPort())).isInstanceOf(IOException.class);

        interceptor.set(Interceptor.NONE);
        NodeListener again = track(NodeListener.open(listener.address(), node(), WireLimits.defaults()));
        assertThat(client(again).send(ENDPOINTS).answer()[0] & 0xff).isEqualTo(SUCCESS);
    }

    @Test
    void freesItsPortByTheTimeItIsClosed() throws IOException {
        NodeListener listener = open(WireLimits.defaults());
        for (int i = 0; i < 300; i++) {
            assertThat(client(listener).send(ENDPOINTS).answer()).isNotEmpty();
            listener.close();
            listener = track(NodeListener.open(listener.address(), node(), WireLimits.defaults()));
        }
    }

    @Test
    void answersWhatTheInterceptorThrows() throws IOException {
        NodeListener listener = open(WireLimits.defaults());
        interceptor.set(_ -> {
            throw new ConnectionCut();
        });
        assertThatThrownBy(() -> client(listener).send(ENDPOINTS).answer())
                .isInstanceOfAny(EOFException.class, SocketException.class);
        interceptor.set(_ -> {
            throw new DaxError(List.of(4, 23, 31, 33), "who is it", null, 400);
        });
        assertThat(error(client(listener).send(ENDPOINTS).answer())).startsWith(codes(4, 23, 31, 33), "who is it");
        interceptor.set(_ -> {
            throw ProvisionedThroughputExceededException.builder()
                    .message("too much")
                    .build();
        });
        assertThat(error(client(listener).send(GET).answer())).startsWith(codes(4, 37, 38, 39, 40), "too much");
        interceptor.set(_ -> {
            throw new IllegalStateException("broken");
        });
        assertThat(error(client(listener).send(GET).answer())).startsWith(codes(1, 37, 38, 39, 47));
    }

    @Test
    void acceptsAgainAfterFailuresWithAPauseAfterEach() throws IOException {
        var server = new FailingServer();
        server.failures.add(new SocketException("Too many open files"));
        server.failures.add(new IllegalStateException("injected"));

        NodeListener listener = open(server, WireLimits.defaults());

        assertThat(client(listener).send(ENDPOINTS).answer()).isNotEmpty();
        assertThat(server.failures).isEmpty();
        assertThat(Duration.ofNanos(server.lastFailure - server.firstFailure))
                .isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void closesAConnectionThatItCannotServeAndAcceptsTheNext() throws IOException {
        var server = new FailingServer();
        server.unusable.add(new SocketException("reset by the client"));
        server.unusable.add(new IllegalStateException("injected"));
        NodeListener listener = open(server, WireLimits.defaults());

        client(listener).awaitEnd();
        client(listener).awaitEnd();

        assertThat(client(listener).send(ENDPOINTS).answer()).isNotEmpty();
    }

    @Test
    void tellsTheClientThatDynamoDbIsAwayAndDoesNotWarnOfEachRequest() throws IOException {
        var events = new ListAppender<ILoggingEvent>();
        events.start();
        var logger = (Logger) LoggerFactory.getLogger(Connection.class);
        logger.addAppender(events);
        try {
            interceptor.set(_ -> {
                throw SdkClientException.create("nobody listens");
            });
            assertThat(error(client(open(WireLimits.defaults())).send(GET).answer()))
                    .startsWith(codes(1, 37, 38, 39, 47))
                    .last()
                    .asString()
                    .contains("nobody listens");
        } finally {
            logger.detachAppender(events);
        }
        assertThat(events.list)
                .noneMatch(event ->
                        event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.INFO));
    }

    /** The exceptions of the SDK that the client tells apart: any other is a {@link DynamoDbException} with a code. */
    static Stream<DynamoDbException> errors() {
        return Stream.of(
                ProvisionedThroughputExceededException.builder()
                        .message("injected")
                        .build(),
                ResourceNotFoundException.builder().message("injected").build(),
                ConditionalCheckFailedException.builder().message("injected").build(),
                ResourceInUseException.builder().message("injected").build(),
                ItemCollectionSizeLimitExceededException.builder()
                        .message("injected")
                        .build(),
                LimitExceededException.builder().message("injected").build(),
                TransactionConflictException.builder().message("injected").build(),
                TransactionInProgressException.builder().message("injected").build(),
                IdempotentParameterMismatchException.builder()
                        .message("injected")
                        .build(),
                InternalServerErrorException.builder()
                        .message("injected")
                        .statusCode(500)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void becomesTheSameExceptionInTheJavaClient(DynamoDbException error) throws IOException {
        NodeListener listener = open(WireLimits.defaults());
        interceptor.set(method -> {
            if (method == Method.GET_ITEM) {
                throw error;
            }
        });
        try (DynamoDbClient client =
                DaxFixture.client("dax://127.0.0.1:" + listener.address().getPort())) {
            DynamoDbException thrown = catchThrowableOfType(
                    DynamoDbException.class,
                    () -> client.getItem(get -> get.tableName("t").key(Map.of("id", AttributeValue.fromS("k")))));
            assertThat(thrown).isExactlyInstanceOf(error.getClass()).hasMessageContaining("injected");
        }
    }

    private static List<String> error(byte[] body) {
        CborInput input = new Cbor(WireLimits.defaults()).input(body);
        return List.of(String.valueOf(input.next()), String.valueOf(input.next()));
    }

    private static String codes(Integer... codes) {
        return List.of(codes).toString();
    }

    private RawClient client(NodeListener listener) throws IOException {
        return track(new RawClient(listener.address().getPort())).send(RawClient.preamble());
    }

    private NodeListener open(WireLimits limits) throws IOException {
        return open(new ServerSocket(), limits);
    }

    private NodeListener open(ServerSocket server, WireLimits limits) throws IOException {
        NodeListener listener = track(
                NodeListener.open(server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), node(), limits));
        members = List.of(new Member(
                1, listener.address().getAddress(), listener.address().getPort(), true));
        return listener;
    }

    private NodeListener.Node node() {
        return new NodeListener.Node(
                new LargeItems(),
                () -> members,
                method -> interceptor.get().before(method),
                AttributeLists.forgetful());
    }

    private <T extends AutoCloseable> T track(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private static WireLimits limits(
            int requestBytes, int connections, Duration idle, Duration requestTime, Duration answerTime) {
        return new WireLimits(requestBytes, 50, 10_000, connections, idle, requestTime, answerTime, 1 << 20);
    }

    /** Fails to accept as often as it is told, and then accepts connections of which some fail at the first use. */
    private static final class FailingServer extends ServerSocket {

        private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        private final Queue<Exception> unusable = new ConcurrentLinkedQueue<>();
        private volatile long firstFailure;
        private volatile long lastFailure;

        private FailingServer() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            Exception failure = failures.poll();
            if (failure != null) {
                lastFailure = System.nanoTime();
                firstFailure = firstFailure == 0 ? lastFailure : firstFailure;
                throwAny(failure);
            }
            Exception atFirstUse = unusable.poll();
            var socket = new Socket() {
                @Override
                public void setTcpNoDelay(boolean on) throws SocketException {
                    if (atFirstUse instanceof SocketException e) {
                        throw e;
                    }
                    if (atFirstUse instanceof RuntimeException e) {
                        throw e;
                    }
                    super.setTcpNoDelay(on);
                }
            };
            implAccept(socket);
            return socket;
        }

        private static void throwAny(Exception failure) throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }
    }

    /** Answers a megabyte for any key. */
    private static final class LargeItems implements ForwardingOperations {

        private static final Map<String, AttributeValue> ITEM =
                Map.of("id", AttributeValue.fromS("k"), "a", AttributeValue.fromS("x".repeat(1 << 20)));

        @Override
        public Operations next() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TableKey keyOf(String table) {
            return new TableKey(new KeyAttribute("id", ScalarAttributeType.S), null);
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return GetItemResponse.builder().item(ITEM).build();
        }
    }
}
