package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.towline.edge.Endpoint;
import dev.towline.edge.RawHttp;
import dev.towline.edge.SocketClient;
import dev.towline.edge.Transports;
import dev.towline.local.SharedStack;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Positions, phone numbers, descriptions and credentials are in no line of the log, no metric and no trace, whatever a request looks like. */
class PrivacyScenarios extends WatchedTowline {

    private static final double LATITUDE = 12.345678;
    private static final double LONGITUDE = 98.765432;
    private static final String PHONE = "+1555013 2987";
    private static final String DESCRIPTION = "beside the yellow lighthouse";

    private static final List<String> PRIVATE = List.of("345678", "765432", "13 2987", "yellow lighthouse");

    private static final String POSITION = "{latitude: %s, longitude: %s}".formatted(LATITUDE, LONGITUDE);

    @Autowired
    private RecordedSpans spans;

    @Autowired
    private SdkTracerProvider traces;

    private final String tenant = "tenant-" + UUID.randomUUID();

    @Test
    void keepsThemOutOfLogsMetricsAndTraces() throws IOException {
        Logger service = (Logger) LoggerFactory.getLogger("dev.towline");
        @Nullable Level before = service.getLevel();
        service.setLevel(Level.DEBUG);
        Map<String, String> credentials = credentials();
        List<String> lines;
        try (LoggedLines log = LoggedLines.open()) {
            followAVehicle();
            sendWellFormedRequests();
            sendWrongRequests();
            sendBrokenRequests();
            evict();
            identify(credentials);
            lines = log.texts();
        } finally {
            service.setLevel(before);
        }
        assertThat(traces.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        String metrics = RawHttp.send(
                        managementPort, "GET /actuator/prometheus HTTP/1.1\r\nX-Towline-Local-Role: OPERATOR", "")
                .body();

        assertThat(lines).anyMatch(line -> line.contains("answered with 1 errors"));
        assertThat(lines).anyMatch(line -> line.contains("action=evictCache"));
        assertThat(spans.texts()).hasSizeGreaterThan(30).anyMatch(span -> span.contains("http.url"));
        assertThat(metrics).contains("towline_intake_points_total{outcome=\"stored\"}");
        assertThat(lines).anyMatch(line -> line.contains("a token was refused"));
        assertThat(metrics).contains("towline_tokens_total{result=\"verified\"}");
        for (String text : Stream.concat(
                        PRIVATE.stream(), credentials.values().stream().map(PrivacyScenarios::secret))
                .toList()) {
            assertThat(lines.stream().filter(line -> line.contains(text))).isEmpty();
            assertThat(spans.texts().stream().filter(span -> span.contains(text)))
                    .isEmpty();
            assertThat(metrics).doesNotContain(text);
        }
    }

    private void followAVehicle() {
        Dispatcher dispatcher = new Dispatcher(Caller.of(port, tenant, "dispatcher"));
        String incident = dispatcher.createIncident(LATITUDE, LONGITUDE);
        String session = dispatcher.session(incident, dispatcher.registerVendor("Truck", LATITUDE, LONGITUDE));
        try (SocketClient watcher = SocketClient.having(port, "X-Towline-Local-Tenant", tenant)) {
            watcher.introduced()
                    .subscribes(
                            "1",
                            "subscription { onTrackingUpdated(sessionId: \\\"" + session
                                    + "\\\") { location { latitude } } }");
            watcher.hears("next", "1");
            dispatcher.move(session, LATITUDE, LONGITUDE, Instant.now());
            watcher.hears("next", "1");
        }
    }

    /** One of each kind, by the name of its header. */
    private Map<String, String> credentials() {
        Viewer viewer = new Viewer(Role.DISPATCHER, "dora", new Tenant(tenant));
        Dispatcher dispatcher = new Dispatcher(Caller.of(port, tenant, "dispatcher"));
        return Map.of(
                "Authorization",
                SharedStack.stack()
                        .issuer()
                        .token(viewer, Duration.ofMinutes(5))
                        .token(),
                "x-api-key",
                "robot-secret",
                "X-Towline-Share",
                SharedLink.of(dispatcher.api(), dispatcher.session()).text());
    }

    /** The part of a credential that must stay secret: all of a key, and the last part of a token and of a link. */
    private static String secret(String credential) {
        return credential.substring(credential.lastIndexOf('.') + 1);
    }

    private void identify(Map<String, String> credentials) throws IOException {
        Endpoint endpoint = new Endpoint(port);
        String body = "{\"query\":\"{ getIncident(id: 1) { id } }\"}";
        String stream = "{\"query\":\"subscription { onTrackingUpdated(sessionId: 1) { kind } }\"}";
        for (Map.Entry<String, String> credential : credentials.entrySet()) {
            String name = credential.getKey();
            String value = credential.getValue();
            assertThat(endpoint.post(body, name, value).text()).contains("\"getIncident\":null");
            String other = name.equals("x-api-key") ? "Authorization" : "x-api-key";
            assertThat(endpoint.post(body, name, value, other, value).code()).isEqualTo("BAD_INPUT");
            for (String sent : List.of(value, value + "x", value + ", " + value, value.repeat(40))) {
                endpoint.post(body, name, sent);
                endpoint.post(stream, name, sent, "Accept", "text/event-stream");
                endpoint.get(Map.of("query", "{ getIncident(id: 1) { id } }"), name, sent);
                RawHttp.send(managementPort, "GET /actuator/info HTTP/1.1\r\n" + name + ": " + sent, "");
                try (SocketClient client = SocketClient.connect(port)) {
                    client.says("{'type':'connection_init','payload':{'%s':'%s'}}".formatted(name, sent));
                    client.says("{'type':'bogus'}");
                    client.closed();
                }
            }
            try (SocketClient client = SocketClient.connect(port)) {
                client.says("{'type':'connection_init','payload':{'%s':['%s']}}".formatted(name, value));
                client.says("{'type':'bogus'}");
                client.closed();
            }
        }
    }

    private void sendWellFormedRequests() {
        Transports transports = new Transports(port, tenant);
        String register =
                "mutation($input: RegisterVendorInput!) { registerVendor(input: $input) { position { latitude } } }";
        String search =
                "query($near: PositionInput!) { searchVendorsNearby(near: $near, radiusMiles: 9) { totalCount } }";
        Map<String, ?> position = Map.of("latitude", LATITUDE, "longitude", LONGITUDE);
        transports.ask(
                register,
                Map.of(
                        "input",
                        Map.of(
                                "id",
                                "v1",
                                "name",
                                "Truck",
                                "phone",
                                PHONE,
                                "capabilities",
                                List.of("TOWING"),
                                "position",
                                position)));
        transports.ask(search, Map.of("near", position));
        transports.ask(
                "query { searchVendorsNearby(near: %s, radiusMiles: 9) { totalCount } }".formatted(POSITION), Map.of());
        transports.ask(
                "mutation { createIncident(input: {kind: TIRE, position: %s, description: \"%s\"}) { description } }"
                        .formatted(POSITION, DESCRIPTION),
                Map.of());
    }

    private void sendWrongRequests() {
        Transports transports = new Transports(port, tenant);
        Stream.of(
                        // out of range, of the wrong type, unknown, missing, in a document that cannot be parsed
                        "query { searchVendorsNearby(near: {latitude: 912.345678, longitude: 1}, radiusMiles: 9) {"
                                + " totalCount } }",
                        "query { searchVendorsNearby(near: {latitude: \"12.345678\", longitude: 1}, radiusMiles: 9) {"
                                + " totalCount } }",
                        "query { searchVendorsNearby(near: {lat: 12.345678}, radiusMiles: 9) { totalCount } }",
                        "query { searchVendorsNearby(near: {latitude: 12.345678}, radiusMiles: 9) { totalCount } }",
                        "query { searchVendorsNearby(near: {latitude: 12.345678, longitude: ) }",
                        "query { getVendor(id: \"12.345678\") { id } x12_345678 }",
                        "query Q($id: ID = {latitude: 12.345678}) { getVendor(id: $id) { id } }",
                        "mutation { createIncident(input: {kind: TIRE, position: %s, description: 7, x: \"%s\"}) { id } }"
                                .formatted(POSITION, DESCRIPTION),
                        "mutation { updateVendor(input: {vendorId: \"none\", phone: \"%s\", position: %s}) { id } }"
                                .formatted(PHONE, POSITION),
                        "mutation { registerVendor(input: {id: \"v 1\", name: \"x\", phone: \"%s%s\", capabilities: [TOWING], position: %s}) { id } }"
                                .formatted(PHONE, "9".repeat(300), POSITION))
                .forEach(document -> transports.ask(document, Map.of()));
        String search =
                "query($near: PositionInput!) { searchVendorsNearby(near: $near, radiusMiles: 9) { totalCount } }";
        Stream.of(
                        Map.of("near", Map.of("latitude", 912.345678, "longitude", 1)),
                        Map.of("near", Map.of("latitude", "12.345678", "longitude", 1)),
                        Map.of("near", Map.of("latitude", 12.345678)),
                        Map.of("near", List.of(12.345678, 98.765432)),
                        Map.of("near", Map.of("latitude", 1, "longitude", 1, "height", 12.345678)))
                .forEach(variables -> transports.ask(search, variables));
        Caller rejected = Caller.of(port, tenant, "dispatcher");
        rejected.ask("mutation { updateLocation(input: {sessionId: 'none', location: {latitude: 12.345678, longitude:"
                + " 98.765432, recordedAt: '1999-01-01T00:00:00Z'}}) { outcome } }");
    }

    private void sendBrokenRequests() throws IOException {
        String body =
                "{\"query\": \"{ __typename }\", \"variables\": {\"latitude\": 12.345678, \"phone\": \"" + PHONE + "\"";
        String length = "\r\nContent-Length: " + body.length();
        List<String> heads = List.of(
                "POST /graphql HTTP/1.1\r\nContent-Type: application/json" + length,
                "POST /graphql HTTP/1.1\r\nContent-Type: text/plain" + length,
                "POST /nothing?latitude=12.345678 HTTP/1.1\r\nContent-Type: application/json" + length,
                "POST /actuator/cache?latitude=12.345678 HTTP/1.1\r\nContent-Type: application/json" + length,
                "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nOrigin: https://evil.example" + length,
                "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nX-Forwarded-For: 192.0.2.7" + length);
        for (String head : heads) {
            RawHttp.send(port, head, body);
        }
        for (String target : List.of(
                "/graphql?query={searchVendorsNearby(near:{latitude:12.345678,longitude:98.765432},radiusMiles:9){totalCount}}",
                "/graphql?query={x&variables={\"latitude\":12.345678",
                "/graphql?query=%7B__typename%7D&variables=%7B%22latitude%22:12.345678",
                "/graphql?query=%zz12.345678",
                "/graphql?query=mutation{a(latitude:12.345678)}",
                "/nothing?latitude=12.345678",
                "/?latitude=12.345678",
                "/graphiql?variables=%7B%22latitude%22:12.345678%7D")) {
            RawHttp.send(port, "GET " + target + " HTTP/1.1\r\nAccept: text/event-stream, application/json", "");
            RawHttp.send(port, "GET " + target + " HTTP/1.1\r\nX-Forwarded-For: 192.0.2.7", "");
        }
        for (String message : List.of(
                "{'type':'subscribe','id':'1','payload':{'latitude':12.345678",
                "{'type':'latitude 12.345678','id':'1'}",
                "{'type':'connection_init','payload':{'X-Towline-Local-Role':{'latitude':12.345678}}}")) {
            try (SocketClient client = SocketClient.connect(port)) {
                client.says(message);
                client.closed();
            }
        }
    }

    private void evict() {
        Caller operator = Caller.of(port, tenant, "operator").with("X-Towline-Local-Role", "OPERATOR");
        operator.ask(
                "mutation { evictCache(input: {field: 'Query.searchVendorsNearby', arguments: {near: %s}}) { evicted } }"
                        .formatted(POSITION));
        operator.ask(
                "mutation { evictCache(input: {field: 'Query.searchVendorsNearby', arguments: {near: 12.345678}}) {"
                        + " evicted } }");
        operator.ask("mutation { evictCache(input: {entity: 'vendor 12.345678'}) { evicted } }");
    }
}
