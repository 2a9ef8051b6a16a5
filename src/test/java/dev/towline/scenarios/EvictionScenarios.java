package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.AlsoWithoutDax;
import dev.towline.local.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator evicts cache entries and reads the statistics of the cache. */
@ExtendWith(OutputCaptureExtension.class)
@AlsoWithoutDax
class EvictionScenarios extends RunningTowline {

    private static final String AUDIT = "dev.towline.audit";
    private static final String NEAR = "near: {latitude: 30.25, longitude: -97.75}, radiusMiles: 5";
    private static final String SEARCH = "field: 'Query.searchVendorsNearby'";

    @Test
    void forgetsOneVendor() {
        String vendor = rememberedVendor();
        String other = rememberedVendor();
        assertEvicts("entity: 'vendor:%s'".formatted(vendor), 1);
        assertThat(lookUp(other)).isEqualTo("hit");
        assertThat(lookUp(vendor)).isEqualTo("miss");
        assertThat(lookUp(vendor)).isEqualTo("hit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entity: 'vendor'", "field: 'Query.getVendor'", "field: 'Query.getVendors'", "all: true"})
    void forgetsAllVendorsOfTheTenant(String what) {
        String vendor = rememberedVendor();
        String other = rememberedVendor();
        Dispatcher elsewhere = new Dispatcher(newTenant());
        String untouched = elsewhere.vendor();
        elsewhere.readVendor(untouched);
        assertEvicts(what, 2);
        assertThat(lookUp(vendor)).isEqualTo("miss");
        assertThat(lookUp(other)).isEqualTo("miss");
        assertThat(result(elsewhere.api(), "getVendor(id: '%s') { id }".formatted(untouched)))
                .isEqualTo("hit");
    }

    @Test
    void forgetsOneVendorByFieldAndId() {
        String vendor = rememberedVendor();
        String other = rememberedVendor();
        assertEvicts("field: 'Query.getVendor', arguments: {id: '%s'}".formatted(vendor), 1);
        assertThat(lookUp(other)).isEqualTo("hit");
        assertThat(lookUp(vendor)).isEqualTo("miss");
    }

    @Test
    void forgetsSearchesByTheirArguments() {
        dispatcher.vendor();
        rememberSearch("first: 3");
        rememberSearch("");
        assertEvicts(SEARCH + ", arguments: {radiusMiles: 6}", 0);
        assertEvicts(SEARCH + ", arguments: {radiusMiles: 5, first: 3}", 1);
        assertThat(search("")).isEqualTo("hit");
        assertThat(search("first: 3")).isEqualTo("miss");
        assertEvicts(SEARCH + ", arguments: {near: {longitude: -97.75, latitude: 30.25}}", 2);
        assertThat(search("")).isEqualTo("miss");
        assertEvicts(SEARCH, 1);
    }

    @Test
    void takesArgumentsFromVariables() {
        dispatcher.vendor();
        rememberSearch("");
        rememberSearch("first: 3");
        Map<String, Object> input =
                Map.of("field", "Query.searchVendorsNearby", "arguments", Map.of("radiusMiles", 5.0, "first", 3));
        JsonNode response = dispatcher
                .api()
                .response(
                        "mutation($input: EvictCacheInput!) { evictCache(input: $input) { evicted } }",
                        Map.of("input", input),
                        Map.of("X-Towline-Local-Role", "OPERATOR"));
        assertThat(response.at("/data/evictCache/evicted").asInt(-1))
                .as("%s", response)
                .isEqualTo(1);
    }

    @Test
    void forgetsASearchWithAVendorInIt() {
        String vendor = dispatcher.vendor();
        rememberSearch("");
        assertEvicts("entity: 'vendor:%s'".formatted(vendor), 1);
        assertThat(search("")).isEqualTo("miss");
    }

    @Test
    void writesDownWhoEvictedWhat(CapturedOutput output) {
        String vendor = rememberedVendor();
        operator("entity: 'vendor:%s'".formatted(vendor));
        assertThat(auditLines(output))
                .singleElement()
                .asString()
                .contains(("action=evictCache object=\"entity vendor:%s of tenant %s\" result=\"1 entries on 1"
                                + " instances\" role=OPERATOR subject=\"dispatcher\" tenant=%s address=127.0.0.1")
                        .formatted(
                                vendor,
                                dispatcher.api().tenant(),
                                dispatcher.api().tenant()));
    }

    @Test
    void letsNobodyForgeTheAudit(CapturedOutput output) {
        operator("entity: 'vendor:v7\\nevicted everything\\u2028by nobody'");
        assertThat(auditLines(output))
                .singleElement()
                .asString()
                .contains("vendor:v7?evicted everything?by nobody of tenant");
    }

    @Test
    void keepsPositionsOutOfTheAudit(CapturedOutput output) {
        operator(SEARCH + ", arguments: {near: {latitude: 12.345678, longitude: -97.75}}");
        assertThat(auditLines(output))
                .singleElement()
                .asString()
                .contains("field Query.searchVendorsNearby by near of tenant")
                .doesNotContain("12.34");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISPATCHER", "VENDOR", "CALLER", "GUEST"})
    void forbidsItToEverybodyElse(String role, CapturedOutput output) {
        String vendor = rememberedVendor();
        JsonNode response = evict("all: true", role);
        Answer.of(response).refusal().is("FORBIDDEN", null, "OPERATOR");
        assertThat(lookUp(vendor)).isEqualTo("hit");
        // at most one line a second
        assertThat(auditLines(output)).hasSizeLessThan(2).noneMatch(line -> line.contains("entries"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                | input           | all: true",
                "all: false                                      | input           | all: true",
                "all: true, entity: 'vendor'                     | input.all       | together",
                "all: true, field: 'Query.getVendor'             | input.all       | together",
                "entity: 'vendor', field: 'Query.getVendor'      | input.field     | together",
                "all: true, arguments: {}                        | input.arguments | field",
                "entity: 'vendor', arguments: {id: 'v7'}         | input.arguments | field",
                "entity: 'vehicle'                               | input.entity    | incident, session, vendor",
                "entity: 'vendor:'                               | input.entity    | empty",
                "field: 'Query.listIncidents'                    | input.field     | Query.getVendor",
                "field: 'getVendor'                              | input.field     | Query.getVendor",
                "field: 'Query.getVendor', arguments: [1]        | input.arguments | object",
                "field: 'Query.getVendor', arguments: {ids: 'v'} | input.arguments | by the id",
                "field: 'Query.searchVendorsNearby', arguments: {miles: 5}         | input.arguments | miles",
                "field: 'Query.searchVendorsNearby', arguments: {radiusMiles: '5'} | input.arguments | radiusMiles"
            })
    void namesWhatIsWrong(@Nullable String input, String argument, String words) {
        Answer.of(evict(input == null ? "" : input, "OPERATOR")).refusal().is("BAD_INPUT", argument, words);
    }

    @Test
    void showsOperatorsWhatItDoes() {
        String vendor = rememberedVendor();
        dispatcher.api().forgetEverything();
        assertThat(lookUp(vendor)).isEqualTo("miss");
        JsonNode statistics = json(actuator(HttpRequest.newBuilder()));
        JsonNode field = statistics.at("/fields/Query.getVendor");
        assertThat(field.at("/requests/hit").asInt()).isPositive();
        assertThat(field.at("/requests/miss").asInt()).isPositive();
        assertThat(field.path("hitRatio").asDouble()).isBetween(0.01, 0.99);
        assertThat(field.path("memory").asString()).isEqualTo("vendor");
        assertThat(field.path("entries").asInt()).isPositive();
        assertThat(field.path("weightBytes").asInt()).isPositive();
        assertThat(statistics.path("entries").asInt()).isPositive();
        assertThat(statistics.path("weightBytes").asInt()).isPositive();
        assertThat(statistics.at("/loads/vendor/count").asInt()).isPositive();
        assertThat(statistics.at("/loads/vendor/meanMs").asDouble()).isPositive();
    }

    @Test
    void showsOperatorsWhatEachFieldRemembers() {
        dispatcher.vendor();
        rememberSearch("");
        JsonNode before = json(actuator(HttpRequest.newBuilder())).at("/fields/Query.searchVendorsNearby");
        assertThat(before.path("memory").asString()).isEqualTo("Query.searchVendorsNearby");
        assertThat(before.path("entries").asInt()).isPositive();
        assertEvicts(SEARCH, 1);
        JsonNode after = json(actuator(HttpRequest.newBuilder())).at("/fields/Query.searchVendorsNearby");
        assertThat(after.path("entries").asInt())
                .isEqualTo(before.path("entries").asInt() - 1);
        assertThat(after.at("/evictions/explicit").asInt())
                .isEqualTo(before.at("/evictions/explicit").asInt(0) + 1);
    }

    @Test
    void forgetsForAnActuatorToo(CapturedOutput output) {
        String vendor = rememberedVendor();
        String other = rememberedVendor();
        HttpResponse<String> response =
                post("{'field': 'Query.getVendor', 'arguments': '{\\'id\\': \\'%s\\'}'}".formatted(vendor));
        assertThat(json(response)).isEqualTo(JsonMapper.shared().readTree("{\"evicted\": 1, \"instances\": 1}"));
        assertThat(lookUp(other)).isEqualTo("hit");
        assertThat(lookUp(vendor)).isEqualTo("miss");
        String tenant = dispatcher.api().tenant();
        assertThat(auditLines(output))
                .singleElement()
                .asString()
                .contains(
                        "of tenant " + tenant + "\" result=\"1 entries",
                        "role=OPERATOR subject=\"local\" tenant=" + tenant + " address=127.0.0.1");
    }

    @Test
    void forgetsNothingOfAnotherTenantForAnActuator() {
        String vendor = rememberedVendor();
        String tenant = dispatcher.api().tenant();
        assertThat(json(post(
                                "{'tenant': '%s', 'all': true}".formatted(tenant),
                                "X-Towline-Local-Role",
                                "OPERATOR",
                                "X-Towline-Local-Tenant",
                                "other-" + tenant))
                        .path("evicted")
                        .asInt())
                .isZero();
        assertThat(lookUp(vendor)).isEqualTo("hit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'all': 'perhaps'}                          | all       | `all` must be of the type Boolean.",
                "{}                                          | input     | must have `entity`, `field` or `all: true`.",
                "{'field': 'Query.none'}                     | field     | `field` must be",
                "{'all': true, 'entity': 'vendor'}           | all       | `all` must not be true together with",
                "{'field': 'Query.getVendor', 'arguments': 'id'} | arguments | `arguments` must be JSON text",
                "{'field': 'Query.getVendor', 'arguments': '[1]'} | arguments | `arguments` must be",
                "{'all':                                     |           | The body must be a JSON object",
                "['all']                                     |           | The body must be a JSON object",
                "{'all': {'a': 1}}                           |           | The body must be a JSON object"
            })
    void tellsAnActuatorWhatIsWrong(String body, @Nullable String argument, String words) {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = JsonMapper.shared().readTree(response.body()).at("/errors/0");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_INPUT");
        assertThat(error.at("/extensions/argument").stringValue(null)).isEqualTo(argument);
        assertThat(error.path("message").asString())
                .contains(words)
                .doesNotContain("input.")
                .doesNotContain("java");
        assertThat(error.at("/extensions/correlationId").asString()).isNotEmpty();
    }

    @Test
    void refusesOtherRequestsToAnActuatorForTheirOwnReason() {
        HttpResponse<String> response = actuator(HttpRequest.newBuilder().DELETE());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, POST, OPTIONS");
        assertThat(response.body()).contains("This path does not support this method.");
        response = actuator(
                HttpRequest.newBuilder().header("Content-Type", "text/plain").POST(BodyPublishers.ofString("a")));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("The `Content-Type` header is not a supported media type.");
        URI unknown = dispatcher.api().uri().resolve("/actuator/cache/vendor");
        assertThat(Http.get(unknown).body()).contains("This path does not exist.");
    }

    private HttpResponse<String> post(String body) {
        return post(
                body,
                "X-Towline-Local-Role",
                "OPERATOR",
                "X-Towline-Local-Tenant",
                dispatcher.api().tenant());
    }

    private HttpResponse<String> post(String body, String... headers) {
        return actuator(HttpRequest.newBuilder()
                .headers(headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private HttpResponse<String> actuator(HttpRequest.Builder request) {
        return Http.send(request.uri(dispatcher.api().uri().resolve("/actuator/cache")));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private String rememberedVendor() {
        String vendor = dispatcher.vendor();
        lookUp(vendor);
        assertThat(lookUp(vendor)).isEqualTo("hit");
        return vendor;
    }

    private void rememberSearch(String more) {
        await().atMost(Duration.ofSeconds(20)).until(() -> search(more).equals("hit"));
    }

    private String lookUp(String vendor) {
        return result(dispatcher.api(), "getVendor(id: '%s') { id }".formatted(vendor));
    }

    private String search(String more) {
        return result(dispatcher.api(), "searchVendorsNearby(%s %s) { totalCount }".formatted(NEAR, more));
    }

    private static String result(Caller caller, String field) {
        JsonNode response =
                caller.response("{ found: " + field + " }", Map.of(), Map.of("X-Towline-Cache-Report", "1"));
        return response.at("/extensions/cache").path("/found").path("result").asString();
    }

    private void assertEvicts(String what, int entries) {
        assertThat(operator(what).path("evicted").asInt()).as(what).isEqualTo(entries);
    }

    private JsonNode operator(String input) {
        JsonNode result = Answer.of(evict(input, "OPERATOR")).value();
        assertThat(result.path("instances").asInt()).isEqualTo(1);
        return result;
    }

    private JsonNode evict(String input, String role) {
        return dispatcher
                .api()
                .response(
                        "mutation { evictCache(input: {%s}) { evicted instances } }".formatted(input),
                        Map.of(),
                        Map.of("X-Towline-Local-Role", role));
    }

    private static List<String> auditLines(CapturedOutput output) {
        return Arrays.stream(output.getOut().split("\n"))
                .filter(line -> line.contains(AUDIT))
                // in JSON
                .map(line -> line.replace("\\\"", "\""))
                .toList();
    }
}
