package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import dev.towline.edge.Endpoint.Answer;
import dev.towline.local.RunsTowline;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The headers for HTTP caches, and the answers to conditional requests. */
@RunsTowline
class HttpCachePolicyIT {

    private static final String SMALL = "{ __typename }";
    private static final String LARGE = "{ __schema { types { name description fields { name description } } } }";
    private static final String VENDOR = "{ getVendor(id: \"v1\") { name } }";

    private static final String TAG = "W/\"[\\w-]{43}\"";
    private static final String CHECKED = "private, no-cache";
    private static final String TENANT = "X-Towline-Local-Tenant";

    private final Endpoint endpoint;

    HttpCachePolicyIT(@LocalServerPort int port) {
        endpoint = new Endpoint(port);
    }

    @Test
    void anAnswerToGetHasAStableTag() {
        Answer answer = get(LARGE);

        assertKept(answer);
        assertThat(answer.header("ETag")).matches(TAG);
        assertThat(get(LARGE).header("ETag")).isEqualTo(answer.header("ETag"));
        assertThat(get(SMALL).header("ETag")).matches(TAG).isNotEqualTo(answer.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip"})
    void anAnswerHasTheSameTagInEachCoding(String coding) {
        Answer answer = get(LARGE, "Accept-Encoding", coding);

        assertKept(answer);
        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.header("ETag")).isEqualTo(tagOf(LARGE));
        assertThat(get(SMALL, "Accept-Encoding", coding).header("ETag")).isEqualTo(tagOf(SMALL));
    }

    @Test
    void eachMediaTypeHasItsOwnTag() {
        assertThat(get(SMALL, "Accept", "application/graphql-response+json").header("ETag"))
                .matches(TAG)
                .isNotEqualTo(tagOf(SMALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", W/%s", "\"a,b\" , W/\"other\",%s,\"more\"", "*"})
    void answers304ToAMatchingTag(String theirs) {
        String tag = tagOf(LARGE);

        assertNotModified(get(LARGE, "If-None-Match", theirs.formatted(tag.substring("W/".length()))), tag);
    }

    @ParameterizedTest
    @CsvSource({"br, %s", "br, W/%s", "br, *", "gzip, %s", "gzip, W/%s", "gzip, *"})
    void answers304ToAMatchingTagOfACompressedAnswer(String coding, String theirs) {
        String tag = get(LARGE, "Accept-Encoding", coding).header("ETag");

        Answer again =
                get(LARGE, "Accept-Encoding", coding, "If-None-Match", theirs.formatted(tag.substring("W/".length())));

        assertNotModified(again, tag);
    }

    @Test
    void answers304ToAMatchingTagInASecondLine() {
        String tag = tagOf(SMALL);

        assertNotModified(get(SMALL, "If-None-Match", "\"other\"", "If-None-Match", tag), tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/\"other\"", "\"%s-\"", "%s", "\"*\"", "\"other\", \""})
    void sendsTheAnswerIfNoTagMatches(String theirs) {
        Answer answer =
                get(LARGE, "If-None-Match", theirs.formatted(tagOf(LARGE).replaceAll("W/|\"", "")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/__schema/types").size()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "identity"})
    void answers304ToAMatchingTagOfAnotherCoding(String coding) {
        String tag = get(LARGE, "Accept-Encoding", "gzip").header("ETag");

        assertNotModified(get(LARGE, "Accept-Encoding", coding, "If-None-Match", tag), tag);
    }

    @Test
    void sendsTheAnswerAfterAChange() {
        String tenant = "sends-what-has-changed";
        register("Ace", tenant);
        String tag = get(VENDOR, TENANT, tenant).header("ETag");
        assertNotModified(get(VENDOR, TENANT, tenant, "If-None-Match", tag), tag);

        mutate("updateVendor(input: {vendorId: \"v1\", name: \"Bob\"}) { id }", tenant);
        Answer answer = get(VENDOR, TENANT, tenant, "If-None-Match", tag);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(name(answer)).isEqualTo("Bob");
        assertThat(answer.header("ETag")).matches(TAG).isNotEqualTo(tag);
    }

    @Test
    void tagsDifferBetweenTenants() {
        register("Ace", "answers-each-for-itself-1");
        register("Bob", "answers-each-for-itself-2");
        String tag = get(VENDOR, TENANT, "answers-each-for-itself-1").header("ETag");

        Answer other = get(VENDOR, TENANT, "answers-each-for-itself-2", "If-None-Match", tag);

        assertThat(other.status()).isEqualTo(200);
        assertThat(name(other)).isEqualTo("Bob");
        assertThat(other.header("ETag")).matches(TAG).isNotEqualTo(tag);
    }

    @Test
    void anAnswerToPostHasNoTag() {
        String body = Endpoint.JSON.writeValueAsString(Map.of("query", LARGE));
        Answer answer = endpoint.post(body);
        Answer compressed = endpoint.post(body, "Accept-Encoding", "gzip");
        Answer conditional = endpoint.post(body, "If-None-Match", "*, " + tagOf(LARGE));

        for (Answer each : new Answer[] {answer, compressed, conditional, endpoint.post(body, "If-None-Match", "*")}) {
            assertKept(each);
            assertThat(each.headers().allValues("ETag")).isEmpty();
        }
    }

    @Test
    void noMutationMayBeStored() {
        Answer answer = mutate(
                "createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 1}}) { id }",
                "lets-no-mutation-be-kept");

        assertThat(answer.body().at("/data/made/id").asString()).isNotEmpty();
        assertNotKept(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Towline-Cache-Report, 1",
        "X-Towline-Cache-Report, 0",
        "X-Towline-Seen, session:s1=17",
        "x-towline-seen, ''"
    })
    void nothingAboutOneRequestMayBeStored(String header, String value) {
        String body = Endpoint.JSON.writeValueAsString(Map.of("query", LARGE));

        assertNotKept(get(LARGE, header, value));
        assertNotKept(get(LARGE, header, value, "If-None-Match", tagOf(LARGE)));
        assertNotKept(get(LARGE, header, value, "If-None-Match", "*"));
        assertNotKept(endpoint.post(body, header, value, "Accept-Encoding", "gzip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/graphql-response+json"})
    void noErrorMayBeStored(String form) {
        Stream.of("{ nothing }", "{", "{ listIncidents(first: 0) { edges { cursor } } }")
                .flatMap(query -> Stream.of(
                        get(query, "Accept", form, "If-None-Match", "*"),
                        endpoint.post(Endpoint.JSON.writeValueAsString(Map.of("query", query)), "Accept", form)))
                .forEach(answer -> {
                    assertThat(answer.body().has("errors")).isTrue();
                    assertNotKept(answer);
                });
    }

    @Test
    void noRejectionMayBeStored() {
        Map.of(
                        400, endpoint.post("no"),
                        405, get("mutation { cancelIncident(input: {incidentId: \"i\"}) { id } }"),
                        406, get(SMALL, "Accept", "text/html"),
                        415, endpoint.post("no", "Content-Type", "text/plain"))
                .forEach((status, answer) -> {
                    assertThat(answer.status()).isEqualTo(status);
                    assertNotKept(answer);
                });
        assertNotKept(get(SMALL, "X-Towline-Local-Role", "nobody"));
    }

    @Test
    void noStreamMayBeStored() {
        Answer answer = get(SMALL, "Accept", "text/event-stream", "If-None-Match", "*");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("event: next\ndata: {");
        assertNotKept(answer);
    }

    private Answer get(String query, String... headers) {
        return endpoint.get(Map.of("query", query), headers);
    }

    private String tagOf(String query) {
        return get(query).header("ETag");
    }

    private void register(String name, String tenant) {
        mutate(
                "registerVendor(input: {id: \"v1\", name: \"%s\", capabilities: [], position: {latitude: 1, longitude: 1}}) { id }"
                        .formatted(name),
                tenant);
    }

    private Answer mutate(String mutation, String tenant) {
        Answer answer = endpoint.post(
                Endpoint.JSON.writeValueAsString(Map.of("query", "mutation { made: " + mutation + " }")),
                TENANT,
                tenant);
        assertThat(answer.body().has("errors")).as(answer.text()).isFalse();
        return answer;
    }

    private static String name(Answer answer) {
        return answer.body().at("/data/getVendor/name").asString();
    }

    private static void assertKept(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertPolicy(answer, CHECKED);
    }

    private static void assertNotKept(Answer answer) {
        assertThat(answer.text()).isNotEmpty();
        assertThat(answer.headers().allValues("ETag")).isEmpty();
        assertPolicy(answer, "no-store");
    }

    private static void assertNotModified(Answer answer, String tag) {
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.headers().allValues("ETag")).containsExactly(tag);
        assertPolicy(answer, CHECKED);
    }

    private static void assertPolicy(Answer answer, String caching) {
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly(caching);
        // Tomcat writes header names in lower case when it compresses.
        assertThat(String.join(",", answer.headers().allValues("Vary")).replace(" ", ""))
                .isEqualToIgnoringCase(
                        "Origin,Access-Control-Request-Method,Access-Control-Request-Headers,Authorization,Accept,"
                                + "Accept-Encoding");
    }
}
