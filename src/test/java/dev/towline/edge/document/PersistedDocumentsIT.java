package dev.towline.edge.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import dev.towline.edge.Endpoint.Answer;
import dev.towline.edge.SocketClient;
import dev.towline.local.RunsTowline;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Documents by their identifiers over every transport, and the exchange of Apollo Client. */
@RunsTowline
class PersistedDocumentsIT {

    private static final String RESPONSE_JSON = "application/graphql-response+json";
    private static final String KIND = "sha256:a9888ac4b3ffefc13dfc7a046360ac070be0fe0a794d0b89648a44e3801908de";
    private static final String CANCEL = "sha256:50cadae6492b02e089da033a8f97b8933254ff60276d32627e81cfe5ac1b7b6c";
    private static final String FOLLOW = "sha256:0de11af560cf8cdac9a3355d8a217b67976219f8c5e1f6924ef74d86bb5cf763";
    private static final String VENDOR = "9ecab901ba3e545de7a59cd2ac101e67392044d3";

    private final int port;
    private final Endpoint endpoint;

    PersistedDocumentsIT(@LocalServerPort int port) {
        this.port = port;
        this.endpoint = new Endpoint(port);
    }

    @Test
    void executesADocumentOfTheManifest() {
        assertThat(kind(post(Map.of("documentId", KIND)).body())).isEqualTo("Query");
        assertThat(kind(endpoint.get(Map.of("documentId", KIND)).body())).isEqualTo("Query");
        assertThat(post(Map.of("documentId", VENDOR, "variables", Map.of("id", "none"), "operationName", "Vendor"))
                        .text())
                .startsWith("{\"data\":{\"getVendor\":null}");
        assertThat(endpoint.get(Map.of("documentId", VENDOR, "variables", "{\"id\":\"none\"}"))
                        .text())
                .startsWith("{\"data\":{\"getVendor\":null}");
        assertThat(endpoint.get(Map.of("documentId", KIND), "Accept", "text/event-stream")
                        .text())
                .startsWith("event: next\ndata: {\"data\":{\"__typename\":\"Query\"}");
    }

    @Test
    void followsItsRulesOfHttp() {
        assertThat(endpoint.get(Map.of("documentId", CANCEL, "variables", "{\"id\":\"none\"}"))
                        .status())
                .isEqualTo(405);
        assertThat(post(Map.of("documentId", CANCEL, "variables", Map.of("id", "none")))
                        .code())
                .isEqualTo("NOT_FOUND");
        Map<String, Object> follow = Map.of("documentId", FOLLOW, "variables", Map.of("id", "none"));
        assertThat(post(follow).status()).isEqualTo(406);
        assertThat(endpoint.post(Endpoint.JSON.writeValueAsString(follow), "Accept", "text/event-stream")
                        .text())
                .contains("NOT_FOUND");
    }

    @Test
    void isCachedByHttpLikeAQuery() {
        Answer first = endpoint.get(Map.of("documentId", KIND));

        assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(first.header("ETag")).isNotEmpty();
        assertThat(endpoint.get(Map.of("documentId", KIND), "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(endpoint.get(Map.of("query", "query Kind { __typename }")).header("ETag"))
                .isEqualTo(first.header("ETag"));
    }

    @Test
    void executesADocumentOfTheManifestOverAWebSocket() {
        try (SocketClient client = SocketClient.connect(port).introduced()) {
            client.says("{'id':'1','type':'subscribe','payload':{'documentId':'" + KIND + "'}}");
            assertThat(client.hears("next", "1").at("/data/__typename").asString())
                    .isEqualTo("Query");
            client.hears("complete", "1");
            client.says("{'id':'2','type':'subscribe','payload':{'documentId':'" + FOLLOW
                    + "','variables':{'id':'none'}}}");
            assertThat(client.hears("error", "2").at("/0/extensions/code").asString())
                    .isEqualTo("NOT_FOUND");
            client.says("{'id':'3','type':'subscribe','payload':{'documentId':'sha256:" + "0".repeat(64) + "'}}");
            JsonNode error = client.hears("error", "3").path(0);
            assertThat(error.at("/extensions/code").asString()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
            client.says("{'id':'4','type':'subscribe','payload':{'documentId':7}}");
            assertThat(client.closed().code()).isEqualTo(4400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", RESPONSE_JSON, "text/event-stream"})
    void refusesAnUnknownIdentifier(String accept) {
        String body = "{\"documentId\": \"sha256:" + "0".repeat(64) + "\"}";
        Answer answer = endpoint.post(body, "Accept", accept);

        assertThat(answer.status()).isEqualTo(accept.equals(RESPONSE_JSON) ? 422 : 200);
        assertThat(answer.text())
                .contains("\"message\":\"PersistedQueryNotFound\"", "\"code\":\"PERSISTED_QUERY_NOT_FOUND\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    /** As {@code createPersistedQueryLink} of Apollo Client and {@code persistedExchange} of urql do it. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET"})
    void learnsADocumentWithItsHash(String method) {
        String document = document();
        Map<String, Object> extensions = hash(DocumentId.hash(document));

        Answer unknown = ask(method, null, extensions);
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.error().path("message").asString()).isEqualTo("PersistedQueryNotFound");
        assertThat(unknown.code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(unknown.header("Cache-Control")).isEqualTo("no-store");

        assertThat(kind(ask(method, document, extensions).body())).isEqualTo("Query");
        assertThat(kind(ask(method, null, extensions).body())).isEqualTo("Query");
        assertThat(kind(post(Map.of("documentId", "sha256:" + DocumentId.hash(document)))
                        .body()))
                .isEqualTo("Query");
        Answer cached = ask("GET", null, extensions);
        assertThat(cached.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(cached.header("ETag")).isNotEmpty();
    }

    @Test
    void learnsADocumentOverAWebSocket() {
        String document = document();
        String extensions = Endpoint.JSON.writeValueAsString(hash(DocumentId.hash(document)));
        try (SocketClient client = SocketClient.connect(port).introduced()) {
            client.says("{'id':'1','type':'subscribe','payload':{'extensions':" + extensions + "}}");
            JsonNode error = client.hears("error", "1").path(0);
            assertThat(error.path("message").asString()).isEqualTo("PersistedQueryNotFound");
            assertThat(error.at("/extensions/code").asString()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
            client.says("{'id':'1','type':'subscribe','payload':{'query':'" + document + "','extensions':" + extensions
                    + "}}");
            assertThat(kind(client.hears("next", "1"))).isEqualTo("Query");
            client.hears("complete", "1");
        }
        assertThat(kind(ask("POST", null, hash(DocumentId.hash(document))).body()))
                .isEqualTo("Query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query NAME { __typenam }",
                "query NAME {",
                "query NAME($v: ID!) { getVendor(id: $v) { id } }",
                "query NAME { listTrackingSessions(first: 100) { edges { node { trail { edges { cursor } } } } } }"
            })
    void doesNotLearnADocumentThatFails(String form) {
        String document =
                form.replace("NAME", "N" + UUID.randomUUID().toString().replace("-", ""));
        Map<String, Object> extensions = hash(DocumentId.hash(document));

        assertThat(ask("POST", document, extensions).body().has("errors")).isTrue();
        assertThat(ask("POST", null, extensions).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void doesNotLearnADocumentUnderTheHashOfAnother() {
        String document = document();
        Map<String, Object> wrong = hash(DocumentId.hash(document()));

        assertThat(ask("POST", document, wrong).code()).isEqualTo("BAD_INPUT");
        assertThat(post(Map.of("documentId", KIND, "extensions", wrong)).body().has("errors"))
                .isFalse();
        assertThat(ask("POST", null, wrong).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void doesNotLearnFromStrangers() {
        String document = document();
        Map<String, Object> extensions = hash(DocumentId.hash(document));

        Answer refused = endpoint.post(
                Endpoint.JSON.writeValueAsString(Map.of("query", document, "extensions", extensions)),
                "X-Forwarded-For",
                "192.0.2.7");
        assertThat(refused.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(ask("POST", null, extensions).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    private Answer ask(String method, @Nullable String document, Map<String, Object> extensions) {
        if (method.equals("GET")) {
            Map<String, String> parameters =
                    new HashMap<>(Map.of("extensions", Endpoint.JSON.writeValueAsString(extensions)));
            if (document != null) {
                parameters.put("query", document);
            }
            return endpoint.get(parameters);
        }
        Map<String, Object> body = new HashMap<>(Map.of("extensions", extensions));
        if (document != null) {
            body.put("query", document);
        }
        return post(body);
    }

    private Answer post(Map<String, Object> body) {
        return endpoint.post(Endpoint.JSON.writeValueAsString(body));
    }

    private static Map<String, Object> hash(String hash) {
        return Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash));
    }

    /** One that the service has never seen. */
    private static String document() {
        return "query N" + UUID.randomUUID().toString().replace("-", "") + " { __typename }";
    }

    private static String kind(JsonNode answer) {
        return answer.at("/data/__typename").asString("");
    }
}
