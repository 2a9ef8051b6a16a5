package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.localdax.TableKey.KeyAttribute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Clients that do not speak the protocol, or only nearly: the endpoint ends their connections and goes on with the others, without caches
 * and with them.
 */
@Timeout(180)
@ParameterizedClass(name = "with caches: {0}")
@ValueSource(booleans = {false, true})
class LocalDaxFuzzIT {

    /** An empty array of codes. */
    private static final int SUCCESS = 0x80;

    /** An array of five codes. */
    private static final int FAILURE = 0x85;

    private static final TableKey KEY =
            new TableKey(new KeyAttribute("id", ScalarAttributeType.S), new KeyAttribute("at", ScalarAttributeType.N));

    private final boolean caches;

    @AutoClose
    private final DaxFixture fixture;

    @AutoClose
    private final DynamoDbClient client;

    private final String table;
    private final int port;
    private final long seed = Long.getLong("localdax.seed", System.nanoTime());
    private final Random random = new Random(seed);

    LocalDaxFuzzIT(boolean caches) throws IOException {
        this.caches = caches;
        fixture = caches ? DaxFixture.of(LocalDax.builder()) : DaxFixture.withoutCaches();
        client = fixture.client();
        table = fixture.table("fuzz", "id:S", "at:N");
        port = fixture.dax.node(0).port();
        client.putItem(put -> put.tableName(table).item(item("good")));
    }

    @AfterEach
    void servesAGoodClient() {
        assertThat(client.getItem(get -> get.tableName(table)
                                .key(Map.of("id", AttributeValue.fromS("good"), "at", AttributeValue.fromN("1"))))
                        .item())
                .as("seed %dL, with caches: %s", seed, caches)
                .isEqualTo(item("good"));
    }

    @Test
    void survivesRandomBytes() throws IOException {
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(1, 300)];
            random.nextBytes(bytes);
            try (var raw = new RawClient(port)) {
                raw.send(random.nextBoolean() ? RawClient.preamble() : new byte[0], bytes)
                        .finish()
                        .awaitEnd();
            }
        }
        expectAnswer();
    }

    @Test
    void survivesRequestsWithFlippedBytes() throws IOException {
        for (int i = 0; i < 1_500; i++) {
            byte[] request = oneOf(requests()).clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                request[random.nextInt(request.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try (var raw = new RawClient(port)) {
                raw.send(RawClient.preamble(), request).finish().awaitEnd();
            }
        }
        expectAnswer();
    }

    @Test
    void survivesRequestsThatAreCutOff() throws IOException {
        for (byte[] request : requests()) {
            for (int length = 0; length < request.length; length += random.nextInt(1, 4)) {
                try (var raw = new RawClient(port)) {
                    raw.send(RawClient.preamble(), Arrays.copyOf(request, length))
                            .finish()
                            .awaitEnd();
                }
            }
        }
        byte[] preamble = RawClient.preamble();
        for (int length = 0; length < preamble.length; length++) {
            try (var raw = new RawClient(port)) {
                raw.send(Arrays.copyOf(preamble, length)).finish().awaitEnd();
            }
        }
        expectAnswer();
    }

    @Test
    void answersAllRequestsThatTheOthersAreMadeOf() throws IOException {
        for (byte[] request : requests()) {
            try (var raw = new RawClient(port)) {
                raw.send(RawClient.preamble(), request);
                byte[] body = raw.answer();
                assertThat(body[0] & 0xff)
                        .as(new String(body, StandardCharsets.ISO_8859_1))
                        .isEqualTo(SUCCESS);
            }
        }
    }

    @Test
    void waitsForNothingThatALengthAnnounces() throws IOException {
        byte[] getItem = RawClient.request(Method.GET_ITEM, _ -> {});
        for (String length : List.of(
                "5a7fffffff",
                "5b7fffffffffffffff",
                "5bffffffffffffffff",
                "7a7fffffff",
                "9b7fffffffffffffff",
                "ba7fffffff",
                "c25a7fffffff")) {
            for (int i = 0; i < 20; i++) {
                try (var raw = new RawClient(port)) {
                    raw.send(RawClient.preamble(), getItem, HexFormat.of().parseHex(length + "0102"));
                    if (i % 2 == 0) {
                        raw.finish().awaitEnd();
                    }
                }
            }
        }
        expectAnswer();
    }

    @Test
    void refusesDeepNesting() throws IOException {
        for (int level : List.of(0x81, 0xa1, 0x9f, 0xd9)) {
            byte[] deep = new byte[200_000];
            Arrays.fill(deep, (byte) level);
            try (var raw = new RawClient(port)) {
                raw.send(RawClient.preamble(), RawClient.request(Method.GET_ITEM, _ -> {}), deep)
                        .awaitEnd();
            }
        }
        // within a byte string, so that the request itself is a good one
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) 0x81);
        try (var raw = new RawClient(port)) {
            raw.send(
                    RawClient.preamble(),
                    RawClient.request(
                            Method.SCAN,
                            out -> out.binary(tableBytes()).stream()
                                    .key(10)
                                    .binary(deep)
                                    .endMap()));
            assertThat(raw.answer()[0] & 0xff).isEqualTo(FAILURE);
            expectAnswer(raw);
        }
    }

    /** Both exponents take a few bytes here and gigabytes in plain notation. */
    @Test
    void refusesAKeyWithAnEndlessNumber() throws IOException {
        for (String number : List.of("5E+2000000000", "5E-2000000000")) {
            byte[] key =
                    Keys.bytes(KEY, Map.of("id", AttributeValue.fromS("good"), "at", AttributeValue.fromN(number)));
            try (var raw = new RawClient(port)) {
                raw.send(RawClient.preamble());
                for (byte[] request : List.of(
                        RawClient.request(
                                Method.GET_ITEM,
                                out -> out.binary(tableBytes()).binary(key).nothing()),
                        RawClient.request(
                                Method.DELETE_ITEM,
                                out -> out.binary(tableBytes()).binary(key).nothing()),
                        RawClient.request(
                                Method.BATCH_GET_ITEM,
                                out -> out.map(1)
                                        .key(table)
                                        .array(3)
                                        .bool(false)
                                        .nothing()
                                        .array(1)
                                        .binary(key)
                                        .end()
                                        .end()
                                        .endMap()
                                        .nothing()))) {
                    raw.send(request);
                    // 4 is an error of the client
                    assertThat(raw.answer()).as(number).startsWith(FAILURE, 4);
                }
            }
        }
    }

    @Test
    void endsTheConnectionOfAClientWithAnUnknownMethod() throws IOException {
        for (byte[] unknown : List.of(
                Cbor.output().integer(1).integer(-313431286).bytes(),
                Cbor.output().integer(2).integer(Method.ENDPOINTS.id).bytes(),
                Cbor.output().text("GET / HTTP/1.1").bytes())) {
            try (var raw = new RawClient(port)) {
                raw.send(RawClient.preamble(), unknown).awaitEnd();
            }
        }
    }

    @Test
    void answersAWrongArgumentAndGoesOn() throws IOException {
        try (var raw = new RawClient(port)) {
            raw.send(RawClient.preamble());
            for (Consumer<CborOutput> arguments : List.<Consumer<CborOutput>>of(
                    out -> out.integer(5).nothing().nothing(),
                    out -> out.binary(tableBytes()).binary(new byte[0]).nothing(),
                    out -> out.binary(tableBytes())
                            .binary(new byte[] {0x61, 'a', 0x00})
                            .nothing(),
                    out -> out.binary(tableBytes())
                            .binary(new byte[] {0x01, (byte) 0x80})
                            .nothing(),
                    out -> out.binary(tableBytes()).binary(key("a")).integer(7),
                    out -> out.binary(tableBytes())
                            .binary(key("a"))
                            .map(1)
                            .key(0)
                            .binary(new byte[] {(byte) 0x81, 1})
                            .endMap())) {
                raw.send(RawClient.request(Method.GET_ITEM, arguments));
                // an array of five codes, of which 4 is an error of the client
                assertThat(raw.answer()).startsWith(FAILURE, 4);
            }
            expectAnswer(raw);
        }
    }

    @Test
    void keepsClientsThatStopInTheMiddleFromNobody() throws IOException {
        var stopped = new ArrayList<RawClient>();
        try {
            for (int i = 0; i < 100; i++) {
                byte[] request = oneOf(requests());
                var raw = new RawClient(port);
                stopped.add(raw);
                raw.send(RawClient.preamble(), Arrays.copyOf(request, random.nextInt(request.length)));
            }
            expectAnswer();
            servesAGoodClient();
        } finally {
            for (RawClient raw : stopped) {
                raw.close();
            }
        }
    }

    /** One of each method, and each right. */
    private List<byte[]> requests() {
        byte[] withoutKey = Cbor.output().integer(1).bytes();
        byte[] exists = expression(out -> path(out.array(2).integer(11), "id").end());
        byte[] filter = expression(out -> {
            path(out.array(3).integer(6).array(3).integer(0), "a")
                    .array(2)
                    .integer(17)
                    .integer(0)
                    .end()
                    .end();
            path(out.array(2).integer(8).array(2).integer(11), "b").end().end().end();
        });
        byte[] keyCondition = expression(out -> path(out.array(3).integer(0), "id")
                .array(2)
                .integer(17)
                .integer(0)
                .end()
                .end());
        byte[] update = expression(out -> path(out.array(1).array(3).integer(19), "a")
                .array(2)
                .integer(17)
                .integer(0)
                .end()
                .end()
                .end());
        byte[] projection = Cbor.output()
                .array(2)
                .integer(1)
                .array(1)
                .array(4)
                .integer(18)
                .text("a")
                .tag(3324)
                .integer(0)
                .text("b")
                .end()
                .end()
                .end()
                .bytes();
        return List.of(
                RawClient.request(Method.ENDPOINTS, _ -> {}),
                RawClient.request(Method.DEFINE_KEY_SCHEMA, out -> out.binary(tableBytes())),
                RawClient.request(
                        Method.DEFINE_ATTRIBUTE_LIST_ID,
                        out -> out.array(2).text("a").text("b").end()),
                RawClient.request(Method.DEFINE_ATTRIBUTE_LIST, out -> out.integer(1)),
                RawClient.request(
                        Method.GET_ITEM,
                        out -> out.binary(tableBytes()).binary(key("a")).stream()
                                .key(0)
                                .binary(projection)
                                .key(2)
                                .bool(true)
                                .endMap()),
                RawClient.request(
                        Method.PUT_ITEM,
                        out -> out.binary(tableBytes())
                                .binary(key("p"))
                                .binary(withoutKey)
                                .nothing()),
                RawClient.request(
                        Method.UPDATE_ITEM,
                        out -> out.binary(tableBytes()).binary(key("a")).stream()
                                .key(7)
                                .integer(5)
                                .key(8)
                                .binary(update)
                                .endMap()),
                RawClient.request(
                        Method.DELETE_ITEM,
                        out -> out.binary(tableBytes()).binary(key("d")).nothing()),
                RawClient.request(
                        Method.BATCH_GET_ITEM,
                        out -> out.map(1)
                                .key(table)
                                .array(3)
                                .bool(false)
                                .nothing()
                                .array(2)
                                .binary(key("a"))
                                .binary(key("b"))
                                .end()
                                .end()
                                .endMap()
                                .nothing()),
                RawClient.request(
                        Method.BATCH_WRITE_ITEM,
                        out -> out.map(1)
                                .key(table)
                                .array(4)
                                .binary(key("x"))
                                .binary(withoutKey)
                                .binary(key("y"))
                                .nothing()
                                .end()
                                .endMap()
                                .nothing()),
                RawClient.request(
                        Method.QUERY,
                        out -> out.binary(tableBytes()).binary(keyCondition).stream()
                                .key(13)
                                .integer(2)
                                .key(14)
                                .integer(0)
                                .endMap()),
                RawClient.request(
                        Method.SCAN,
                        out -> out.binary(tableBytes()).stream()
                                .key(10)
                                .binary(filter)
                                .endMap()),
                RawClient.request(
                        Method.TRANSACT_GET_ITEMS,
                        out -> out.array(1)
                                .binary(tableBytes())
                                .end()
                                .array(1)
                                .binary(key("a"))
                                .end()
                                .nothing()
                                .nothing()),
                RawClient.request(
                        Method.TRANSACT_WRITE_ITEMS,
                        out -> out.array(1)
                                .integer(12)
                                .end()
                                .array(1)
                                .binary(tableBytes())
                                .end()
                                .array(1)
                                .binary(key("good"))
                                .end()
                                .nothing()
                                .nothing()
                                .nothing()
                                .array(1)
                                .binary(exists)
                                .end()
                                .nothing()
                                .nothing()));
    }

    /** A tree and one value, the text a. */
    private static byte[] expression(Consumer<CborOutput> tree) {
        CborOutput out = Cbor.output().array(3).integer(1);
        tree.accept(out);
        return out.array(1).text("a").end().end().bytes();
    }

    private static CborOutput path(CborOutput out, String name) {
        return out.array(2).integer(18).text(name).end();
    }

    private static byte[] key(String id) {
        return Keys.bytes(KEY, item(id));
    }

    private byte[] tableBytes() {
        return table.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of("id", AttributeValue.fromS(id), "at", AttributeValue.fromN("1"));
    }

    private void expectAnswer() throws IOException {
        try (var raw = new RawClient(port)) {
            expectAnswer(raw.send(RawClient.preamble()));
        }
    }

    private void expectAnswer(RawClient raw) throws IOException {
        raw.send(RawClient.request(Method.ENDPOINTS, _ -> {}));
        assertThat(raw.answer()[0] & 0xff)
                .as("seed %dL, with caches: %s", seed, caches)
                .isEqualTo(SUCCESS);
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
