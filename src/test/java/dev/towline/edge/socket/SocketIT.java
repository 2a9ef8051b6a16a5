package dev.towline.edge.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.edge.SocketClient;
import dev.towline.edge.SocketClient.Close;
import dev.towline.local.RunsTowline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/** Connections and single answers over WebSocket. The cases are those of the server tests of graphql-ws. */
@RunsTowline
class SocketIT {

    private static final String INIT = "{'type':'connection_init'}";
    private static final String TYPENAME = "{ __typename }";
    private static final String REPORT =
            "mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}}) { kind } }";

    @LocalServerPort
    private int port;

    private SocketClient client;

    @BeforeEach
    void connect() {
        client = SocketClient.connect(port);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "graphql-ws", "notme,notmeither", "graphql-transport-wsgibberish", "graphql-TransPort-ws"})
    void closesASocketOfAnotherSubprotocol(String protocols) {
        String[] asked = protocols.isEmpty() ? new String[0] : protocols.split(",", -1);
        try (SocketClient other = SocketClient.asking(port, asked)) {
            assertThat(other.subprotocol()).isNotEqualTo(SocketClient.PROTOCOL);
            assertThat(other.closed()).isEqualTo(new Close(4406, "Subprotocol not acceptable"));
        }
    }

    @Test
    void thereAreConnectionsForTenThousandWatchers(@Autowired ServletWebServerApplicationContext context) {
        Connector connector = ((TomcatWebServer) Objects.requireNonNull(context.getWebServer()))
                .getTomcat()
                .getConnector();
        assertThat((int) connector.getProperty("maxConnections")).isGreaterThan(10_000);
        assertThat((int) connector.getProperty("acceptCount"))
                .as("a second of those who come back within two and a half")
                .isGreaterThan(4_000);
    }

    @Test
    void selectsItsSubprotocol() {
        try (SocketClient other = SocketClient.asking(port, "this", SocketClient.PROTOCOL, "one")) {
            assertThat(other.introduced().subprotocol()).isEqualTo(SocketClient.PROTOCOL);
        }
    }

    @Test
    void rejectsAPageOfAnotherOrigin() {
        assertThatThrownBy(() -> SocketClient.from("https://elsewhere.example", port))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .satisfies(refused -> assertThat(((WebSocketHandshakeException) refused)
                                .getResponse()
                                .statusCode())
                        .isEqualTo(403));
        try (SocketClient page = SocketClient.from("http://127.0.0.1:" + port, port)) {
            page.introduced();
        }
    }

    /** Handshakes as a proxy that terminates TLS forwards them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "101 | api.example.com      | X-Forwarded-Proto: https",
                "101 | api.example.com:443  | X-Forwarded-Proto: https",
                "101 | api.example.com      | X-Forwarded-Proto: https\\X-Forwarded-Port: 443",
                "101 | api.example.com:8080 | X-Forwarded-Proto: https\\X-Forwarded-Port: 443",
                "101 | 10.0.0.7:8080 | X-Forwarded-Proto: https\\X-Forwarded-Host: api.example.com\\X-Forwarded-Port:"
                        + " 443",
                "101 | api.example.com | X-Forwarded-Proto: https\\X-Forwarded-For: 203.0.113.7",
                "403 | api.example.com | X-Forwarded-Proto: http",
                "403 | api.example.com | X: x",
                "403 | api.example.com | Forwarded: proto=https;host=api.example.com",
                "403 | api.example.com | X-Forwarded-Proto: https\\X-Forwarded-Port: 8443",
                "403 | api.example.com | X-Forwarded-Proto: https\\X-Forwarded-Host: elsewhere.example"
            })
    void acceptsAPageOfItsOwnOriginBehindATlsProxy(int status, String host, String headers) throws IOException {
        try (Socket socket = rawSocket(host, "Origin: https://api.example.com\r\n" + headers.replace("\\", "\r\n"))) {
            assertThat(nextLine(socket)).startsWith("HTTP/1.1 " + status + ' ');
        }
    }

    /** Malformed UTF-8: overlong, a surrogate, beyond U+10FFFF, and truncated. */
    @ParameterizedTest
    @ValueSource(strings = {"c1a1", "e08080", "eda080", "eda0bdedb880", "f4908080", "ff", "e282"})
    void closesASocketWithTextThatIsNotUtf8(String hex) throws IOException {
        byte[] text = HexFormat.of().parseHex(HexFormat.of().formatHex("{\"type\":\"".getBytes(UTF_8)) + hex);
        try (Socket socket = rawSocket("localhost", "X: x")) {
            assertThat(nextLine(socket)).startsWith("HTTP/1.1 101 ");
            // A single text frame, masked with zeros.
            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0});
            socket.getOutputStream().write(text);

            String received = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            int close = received.indexOf("\r\n\r\n") + 4;
            assertThat((int) received.charAt(close)).isEqualTo(0x88);
            assertThat(received.charAt(close + 2) * 256 + received.charAt(close + 3))
                    .isEqualTo(1007);
        }
    }

    /** Decompression is a way to use up memory, and the state of a compressor is kept for as long as a connection is open. */
    @Test
    void agreesToNoCompression() throws IOException {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
        try (Socket socket = rawSocket("localhost", offer)) {
            assertThat(nextLine(socket)).startsWith("HTTP/1.1 101 ");
            List<String> headers = new ArrayList<>();
            for (String line = nextLine(socket).strip();
                    !line.isEmpty();
                    line = nextLine(socket).strip()) {
                headers.add(line.toLowerCase(Locale.ROOT));
            }
            assertThat(headers)
                    .contains("sec-websocket-protocol: graphql-transport-ws")
                    .noneMatch(line -> line.startsWith("sec-websocket-extensions"));
        }
    }

    private Socket rawSocket(String host, String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        String handshake = "GET /graphql HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n\r\n";
        socket.getOutputStream().write(handshake.getBytes(ISO_8859_1));
        return socket;
    }

    private static String nextLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void closesASocketWithoutConnectionInitInTime() {
        Instant begin = Instant.now();
        try (SocketClient silent = SocketClient.connect(port)) {
            assertThat(silent.closed())
                    .isEqualTo(new Close(4408, "Connection initialisation timeout: 3000 ms (initTimeout)"));
        }
        assertThat(Duration.between(begin, Instant.now())).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(10));
    }

    @Test
    void closesASocketWithASecondConnectionInit() {
        client.introduced().says(INIT);

        assertClosed(4429, "Too many initialisation requests");
    }

    @Test
    void closesASocketOfAnUnknownRole() {
        client.says("{'type':'connection_init','payload':{'X-Towline-Local-Role':'nobody'}}");

        assertClosed(4400, "`X-Towline-Local-Role` must be one of OPERATOR, DISPATCHER, VENDOR, CALLER, GUEST.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X-Towline-Seen          | 17",
                "x-towline-seen          | ['vendor:v7=3']",
                "X-Towline-Seen          | {'vendor:v7':3}",
                "X-Towline-Cache-Report  | 1",
                "X-Towline-Cache-Report  | true",
                "X-Towline-Local-Role    | ['OPERATOR']",
                "X-Towline-Local-Subject | 7",
                "X-TOWLINE-LOCAL-TENANT  | {}"
            })
    void closesASocketWithACredentialOfTheWrongType(String name, String value) {
        client.says("{'type':'connection_init','payload':{'other':{'token':1},'%s':%s}}".formatted(name, value));

        assertClosed(4400, "`" + name + "` must be a string.");
    }

    @Test
    void treatsANullCredentialAsAbsent() {
        client.says(
                        "{'type':'connection_init','payload':{'X-Towline-Seen':null,'X-Towline-Local-Role':null,'other':7}}")
                .hears();

        client.subscribes("1", TYPENAME).hears("next", "1");
    }

    @Test
    void closesASocketWithAmbiguousCredentials() {
        client.says("{'type':'connection_init','payload':{'X-Towline-Local-Tenant':'a','x-towline-local-tenant':'b'}}");

        assertClosed(4400, "`X-Towline-Local-Tenant` must have 1 to 64 characters out of A-Z, a-z, 0-9, _ and -.");
    }

    @Test
    void readsTheHeadersOfAHandshakeInSeveralLinesAsOneList() {
        try (SocketClient other =
                SocketClient.having(port, "X-Towline-Seen", "vendor:v7=1", "X-Towline-Seen", "vendor:v7")) {
            JsonNode error = other.introduced()
                    .subscribes("1", TYPENAME)
                    .hears("error", "1")
                    .path(0);
            assertThat(error.at("/extensions/argument").asString()).isEqualTo("X-Towline-Seen");
        }
        try (SocketClient other =
                SocketClient.having(port, "X-Towline-Local-Role", "CALLER", "X-Towline-Local-Role", "OPERATOR")) {
            assertThat(other.says(INIT).closed().code()).isEqualTo(4400);
        }
    }

    @Test
    void prefersAnEntryOfConnectionInitToAHeader() {
        try (SocketClient other = SocketClient.having(port, "X-Towline-Seen", "vendor:v7")) {
            other.says("{'type':'connection_init','payload':{'X-Towline-Seen':'vendor:v7=1'}}")
                    .hears();
            other.subscribes("1", TYPENAME).hears("next", "1");
        }
    }

    @Test
    void reportsMalformedSeenVersionsWithEveryOperation() {
        client.says("{'type':'connection_init','payload':{'X-Towline-Seen':'vendor:v7'}}")
                .hears();

        for (String id : List.of("1", "2")) {
            JsonNode error = client.subscribes(id, TYPENAME).hears("error", id).path(0);
            assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_INPUT");
            assertThat(error.at("/extensions/argument").asString()).isEqualTo("X-Towline-Seen");
        }
    }

    @Test
    void closesASocketThatSubscribesBeforeTheAcknowledgement() {
        client.subscribes("1", TYPENAME);

        assertClosed(4401, "Unauthorized");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no                                                  | Invalid message received",
                "[]                                                  | Message is expected to be an object",
                "{'type':1}                                          | Message is missing the 'type' property",
                "{'type':'start'}                                    | Invalid message 'type' property",
                "{'type':'complete','id':''}                         | Message has no valid 'id' property",
                "{'type':'subscribe','id':'1','payload':''}          | Message has no valid 'payload' property",
                "{'type':'subscribe','id':'1','payload':{'query':1}} | The 'payload' has no valid 'query' property"
            })
    void closesASocketWithAnInvalidMessage(String message, String reason) {
        client.introduced().says(message);

        assertClosed(4400, reason);
    }

    @Test
    void closesASocketWithABinaryMessage() {
        client.introduced().saysBytes((byte) '{', (byte) '}');

        assertClosed(4400, "Invalid message received");
    }

    @Test
    void acceptsAMessageOfAtMostOneMebibyte() {
        String ping = "{'type':'ping'}";
        String longest = ping + " ".repeat(1024 * 1024 - ping.length());
        client.introduced();

        assertThat(client.says(longest).hears()).isEqualTo("{'type':'pong'}");
        client.says(longest + " ");
        assertClosed(1009, "A message has at most 1048576 bytes (messageBytes)");
    }

    @Test
    void acceptsAMessageInFragments() {
        client.saysPart("{'type':'ping','payl", false)
                .saysPart("oad':{'of':'fr\u00e4", false)
                .saysPart("gments'}}", true);

        assertThat(client.hears()).isEqualTo("{'type':'pong','payload':{'of':'fr\u00e4gments'}}");
    }

    @Test
    void answersAPingWithItsPayloadBeforeConnectionInit() {
        assertThat(client.says("{'type':'ping'}").hears()).isEqualTo("{'type':'pong'}");
        assertThat(client.says("{'type':'ping','payload':{'iCome':'back'}}").hears())
                .isEqualTo("{'type':'pong','payload':{'iCome':'back'}}");
    }

    @Test
    void doesNotReactToAPong() {
        client.introduced().says("{'type':'pong'}").says("{'type':'pong','payload':{'un':'asked'}}");

        client.hearsNothing();
    }

    @Test
    void answersAQueryWithItsResultAndComplete() {
        client.introduced().subscribes("1", TYPENAME);

        assertThat(client.hears())
                .isEqualTo("{'id':'1','type':'next','payload':{'data':{'__typename':'Query'},'extensions':{'cost':{"
                        + "'requested':0,'budget':5000}}}}");
        assertThat(client.hears()).isEqualTo("{'id':'1','type':'complete'}");
    }

    @Test
    void answersAMutationWithItsResultAndComplete() {
        client.introduced().subscribes("1", REPORT);

        assertThat(client.hears())
                .isEqualTo("{'id':'1','type':'next','payload':{'data':{'createIncident':{'kind':'TIRE'}},'extensions':{"
                        + "'cost':{'requested':10,'budget':5000}}}}");
        assertThat(client.hears()).isEqualTo("{'id':'1','type':'complete'}");
    }

    @Test
    void acceptsTheIdOfACompletedOperation() {
        client.introduced();

        for (int i = 0; i < 3; i++) {
            client.subscribes("1", TYPENAME).hears("next", "1");
            client.hears("complete", "1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'query':'{'                                                               |",
                "'query':'{ nothing }'                                                     |",
                "'query':'subscription { nothing }'                                        |",
                "'query':' '                                                               | query",
                "'query':'query a { __typename }','operationName':'b'                      | operationName",
                "'query':'query a { __typename } query b { __typename }'                   | operationName",
                "'query':'query q($n: Int) { listIncidents(first: $n) { edges { cursor } } }','variables':{'n':'x'} |"
                        + " first"
            })
    void reportsAnInvalidOperationAndStaysOpen(String payload, String argument) {
        client.introduced().says("{'id':'1','type':'subscribe','payload':{%s}}".formatted(payload));

        JsonNode errors = client.hears("error", "1");
        JsonNode extensions = errors.path(0).path("extensions");
        assertThat(errors.size()).isEqualTo(1);
        assertThat(extensions.path("code").asString()).isEqualTo("BAD_INPUT");
        assertThat(extensions.path("argument").asString("")).isEqualTo(argument == null ? "" : argument);
        assertThat(extensions.path("correlationId").asString()).isNotEmpty();
        client.subscribes("1", TYPENAME).hears("next", "1");
    }

    @Test
    void reportsAnExecutionErrorInTheResult() {
        client.introduced().subscribes("1", "{ listIncidents(first: 0) { edges { cursor } } }");

        JsonNode result = client.hears("next", "1");
        assertThat(result.path("data").isNull()).isTrue();
        assertThat(result.at("/errors/0/extensions/argument").asString()).isEqualTo("first");
        client.hears("complete", "1");
    }

    private void assertClosed(int code, String reason) {
        assertThat(client.closed()).isEqualTo(new Close(code, reason));
    }
}
