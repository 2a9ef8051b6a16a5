package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.Dispatcher.Fix;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.graphql.test.tester.WebSocketGraphQlTester;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two tenants side by side with the same ids: each has its own. */
class TwoTenantsScenarios extends RunningTowline {

    /** One item, which names the open jobs of all tenants, each with its tenant. */
    private static final String JOBS_OF_ALL_TENANTS = "job-queue";

    private static final String REGISTER =
            "registerVendor(input: {id: 'v1', name: '%s', capabilities: [], position: {latitude: 30.25, longitude:"
                    + " -97.75}}) { id }";
    private static final String SEARCH =
            "searchVendorsNearby(near: {latitude: 30.25, longitude: -97.75}, radiusMiles: 9) { edges { node { name } }"
                    + " }";

    @Autowired
    private DynamoDbClient dynamo;

    @Autowired
    private StringRedisTemplate redis;

    @Value("${towline.dynamo.table-prefix}")
    private String tablePrefix;

    @Value("${towline.redis.key-prefix}")
    private String keyPrefix;

    private Dispatcher other;

    @BeforeEach
    void registerTheSameVendorTwice() {
        other = new Dispatcher(newTenant());
        dispatcher.api().mutate(REGISTER.formatted("Ace"));
        other.api().mutate(REGISTER.formatted("Bob"));
    }

    @Test
    void areTwoVendorsOfTheSameId() {
        other.api().mutate("setVendorAvailability(input: {vendorId: 'v1', availability: OFFLINE}) { id }");
        String session = dispatcher.session(dispatcher.incident(), "v1");
        dispatcher.step(session, "COMPLETED");

        assertThat(name(dispatcher)).isEqualTo("Ace");
        assertThat(name(other)).isEqualTo("Bob");
        assertThat(other.readVendor("v1").path("availability").asString()).isEqualTo("OFFLINE");
        assertThat(dispatcher.api().query(SEARCH)).isEqualTo(json("{edges: [{node: {name: 'Ace'}}]}"));
        assertThat(other.api().query(SEARCH)).isEqualTo(json("{edges: [{node: {name: 'Bob'}}]}"));
    }

    @Test
    void areToldApartByConnectionInit() {
        String session = dispatcher.session(dispatcher.incident(), "v1");
        String ask = "{ getVendor(id: \"v1\") { name } getTrackingSession(id: \"%s\") { status } }".formatted(session);
        assertThat(overWebSocket(dispatcher.api(), ask))
                .isEqualTo(json("{getVendor: {name: 'Ace'}, getTrackingSession: {status: 'ASSIGNED'}}"));
        assertThat(overWebSocket(other.api(), ask))
                .isEqualTo(json("{getVendor: {name: 'Bob'}, getTrackingSession: null}"));
        overWebSocket(other.api(), "mutation { updateVendor(input: {vendorId: \"v1\", name: \"Cab\"}) { name } }");
        assertThat(name(dispatcher)).isEqualTo("Ace");
        assertThat(name(other)).isEqualTo("Cab");
    }

    @Test
    void watchTheirOwnSessionsOnly() {
        String session = dispatcher.session();
        String elsewhere = other.session();
        try (Watching watching = Watching.session(dispatcher.api(), session, "sequence session { id }")) {
            watching.next();
            other.send(elsewhere, secondsAgo(10));
            dispatcher.send(session, secondsAgo(10));
            assertThat(watching.next()).isEqualTo(json("{sequence: 2, session: {id: '%s'}}".formatted(session)));
        }
    }

    @Test
    void areInEveryKeyThatIsStored() {
        Dispatcher reporter = new Dispatcher(dispatcher.api().named("reporter"));
        reporter.api()
                .mutate("createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}, clientToken: 't'})"
                        + " { id }");
        Fix[] enoughForTheTrail =
                IntStream.rangeClosed(1, 200).mapToObj(i -> secondsAgo(300 - i)).toArray(Fix[]::new);
        String session = dispatcher.session();
        dispatcher.sendAll(session, enoughForTheTrail);
        String secret = SharedLink.of(dispatcher.api(), session).secret();

        Set<String> tablesUsed = new HashSet<>();
        for (String table : dynamo.listTablesPaginator().tableNames()) {
            if (table.startsWith(tablePrefix) && !table.equals(tablePrefix + JOBS_OF_ALL_TENANTS)) {
                // once for a table: it is a request
                List<String> partitionKeys = partitionKeys(table);
                for (Map<String, AttributeValue> item : dynamo.scanPaginator(request -> request.tableName(table))
                        .items()) {
                    tablesUsed.add(table.substring(tablePrefix.length()));
                    assertThat(item.toString()).as("an item of %s", table).doesNotContain(secret);
                    if (isOfTheService(table, item)) {
                        continue;
                    }
                    partitionKeys.forEach(key -> assertThat(
                                    Objects.requireNonNull(item.get(key)).s())
                            .as("%s of %s", key, table)
                            .matches("tenant-[0-9a-f-]{36}#.*"));
                }
            }
        }
        // whether other tests have imported anything before is chance
        tablesUsed.removeAll(Set.of("jobs", "uploads", "upload-parts"));
        assertThat(tablesUsed)
                .containsExactlyInAnyOrder(
                        "incidents", "vendors", "tracking-sessions", "trail-chunks", "client-tokens", "share-links");
        String ranking = keyPrefix + "ranking:{used-vendor}:scores";
        Set<String> ofNoTenant = Set.of(keyPrefix + "cache:generation", ranking, ranking + ":halved");
        assertThat(redis.keys(keyPrefix + "*"))
                .filteredOn(key -> !ofNoTenant.contains(key))
                .isNotEmpty()
                .allMatch(key -> key.contains("{tenant-"));
        assertThat(redis.opsForZSet().range(ranking, 0, -1)).allMatch(member -> member.startsWith("tenant-"));
    }

    @Test
    void storeWhoReportedAnIncident() {
        String id = new Dispatcher(dispatcher.api().named("reporter")).incident();
        Map<String, AttributeValue> item = dynamo.getItem(request -> request.tableName(tablePrefix + "incidents")
                        .key(Map.of("pk", AttributeValue.fromS(dispatcher.api().tenant() + '#' + id))))
                .item();
        assertThat(item.get("createdBy")).isEqualTo(AttributeValue.fromS("reporter"));
    }

    /** Jobs may be of all tenants together. */
    private boolean isOfTheService(String table, Map<String, AttributeValue> item) {
        return table.equals(tablePrefix + "jobs")
                && Objects.requireNonNull(item.get("pk")).s().startsWith("_service#");
    }

    private List<String> partitionKeys(String table) {
        TableDescription description =
                dynamo.describeTable(request -> request.tableName(table)).table();
        return Stream.concat(
                        description.keySchema().stream(),
                        description.globalSecondaryIndexes().stream().flatMap(index -> index.keySchema().stream()))
                .filter(key -> key.keyType() == KeyType.HASH)
                .map(KeySchemaElement::attributeName)
                .toList();
    }

    private static String name(Dispatcher of) {
        return of.readVendor("v1").path("name").asString();
    }

    private static JsonNode overWebSocket(Caller viewer, String document) {
        WebSocketGraphQlTester socket = Sockets.of(viewer);
        try {
            return JsonMapper.shared()
                    .<JsonNode>valueToTree(
                            socket.document(document).execute().returnResponse().toMap())
                    .path("data");
        } finally {
            socket.stop().block(Sockets.PATIENCE);
        }
    }
}
