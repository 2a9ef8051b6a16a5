package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** What the query cache does, seen by the real client. Each test has keys of its own. */
class LocalDaxQueriesIT {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

    @AutoClose
    private static final CacheFixture tables = new CacheFixture("localdax-queries");

    @AutoClose
    private static final LocalDax dax = tables.dax().start();

    @AutoClose
    private static final DynamoDbClient client = CacheFixture.connect(dax.url());

    private static final DynamoDbClient dynamo = tables.dynamo();

    @Test
    void answersAQueryFromTheCacheUntilItsTimeIsOver() {
        tables.put(dynamo, "query", 1, "old");
        assertThat(tables.query(client, "query")).containsExactly("old");
        tables.put(dynamo, "query", 2, "new");

        dax.clock().advance(TIME_TO_LIVE.minusNanos(1));
        assertThat(tables.query(client, "query")).containsExactly("old");
        dax.clock().advance(Duration.ofNanos(1));
        assertThat(tables.query(client, "query")).containsExactly("old", "new");
    }

    @Test
    void isNotTouchedByAWriteThroughDax() {
        tables.put(client, "untouched", 1, "old");
        tables.query(client, "untouched");

        tables.put(client, "untouched", 1, "new");

        assertThat(tables.read(client, "untouched", 1)).isEqualTo("new");
        assertThat(tables.query(client, "untouched")).containsExactly("old");
    }

    @Test
    void remembersThatAPageIsEmpty() {
        assertThat(tables.query(client, "empty")).isEmpty();
        tables.put(client, "empty", 1, "new");
        long before = dax.counters().get(Metric.QUERY_CACHE_NEGATIVE_HITS);

        assertThat(tables.query(client, "empty")).isEmpty();
        assertThat(dax.counters().get(Metric.QUERY_CACHE_NEGATIVE_HITS)).isEqualTo(before + 1);
    }

    @Test
    void doesNotFeedTheItemCache() {
        tables.put(dynamo, "fed", 1, "old");
        tables.query(client, "fed");
        tables.put(dynamo, "fed", 1, "new");

        assertThat(tables.read(client, "fed", 1)).isEqualTo("new");
    }

    @Test
    void isNotFedByTheItemCache() {
        tables.put(client, "items", 1, "old");
        tables.put(dynamo, "items", 1, "written around");

        assertThat(tables.query(client, "items")).containsExactly("written around");
    }

    @Test
    void tellsQueriesApartByEveryParameter() {
        tables.put(dynamo, "parameters", 1, "first");
        tables.put(dynamo, "parameters", 2, "second");
        long before = dax.counters().get(Metric.QUERY_CACHE_MISSES);

        assertThat(texts(query("parameters").build())).containsExactly("first", "second");
        assertThat(texts(query("parameters").scanIndexForward(false).build())).containsExactly("second", "first");
        QueryResponse firstPage = client.query(query("parameters").limit(1).build());
        assertThat(firstPage.items()).hasSize(1);
        assertThat(texts(query("parameters")
                        .limit(1)
                        .exclusiveStartKey(firstPage.lastEvaluatedKey())
                        .build()))
                .containsExactly("second");
        assertThat(client.query(query("parameters")
                                .projectionExpression("#group")
                                .build())
                        .items())
                .allSatisfy(item -> assertThat(item).containsOnlyKeys("group"));
        assertThat(client.query(query("parameters").select("COUNT").build()).count())
                .isEqualTo(2);

        assertThat(dax.counters().get(Metric.QUERY_CACHE_MISSES)).isEqualTo(before + 6);
        assertThat(texts(query("parameters").build())).containsExactly("first", "second");
        assertThat(dax.counters().get(Metric.QUERY_CACHE_MISSES)).isEqualTo(before + 6);
    }

    @Test
    void cachesEachPageByItself() {
        tables.put(dynamo, "pages", 1, "first");
        tables.put(dynamo, "pages", 2, "old");
        QueryResponse firstPage = client.query(query("pages").limit(1).build());
        tables.put(dynamo, "pages", 2, "new");

        assertThat(client.query(query("pages").limit(1).build()).lastEvaluatedKey())
                .isEqualTo(firstPage.lastEvaluatedKey());
        assertThat(texts(query("pages")
                        .limit(1)
                        .exclusiveStartKey(firstPage.lastEvaluatedKey())
                        .build()))
                .containsExactly("new");
    }

    @Test
    void passesAConsistentQueryThroughAndDoesNotCacheIt() {
        tables.put(dynamo, "consistent", 1, "old");
        tables.query(client, "consistent");
        tables.put(dynamo, "consistent", 1, "new");

        assertThat(texts(query("consistent").consistentRead(true).build())).containsExactly("new");
        tables.put(dynamo, "consistent", 1, "newer");
        assertThat(texts(query("consistent").consistentRead(true).build())).containsExactly("newer");
        assertThat(tables.query(client, "consistent")).containsExactly("old");
    }

    @Test
    void cachesScansAsQueriesAndCountsThemApart() {
        tables.put(client, "scan", 1, "old");
        dax.flush();
        Counters before = dax.counters();
        int found = scan();
        tables.put(client, "scan", 2, "new");

        assertThat(scan()).isEqualTo(found);

        Counters after = dax.counters();
        assertThat(after.get(Metric.SCAN_CACHE_MISSES)).isEqualTo(before.get(Metric.SCAN_CACHE_MISSES) + 1);
        assertThat(after.get(Metric.SCAN_CACHE_HITS)).isEqualTo(before.get(Metric.SCAN_CACHE_HITS) + 1);
        assertThat(after.get(Metric.QUERY_CACHE_HITS)).isEqualTo(before.get(Metric.QUERY_CACHE_HITS));
        dax.flush();
        assertThat(scan()).isEqualTo(found + 1);
    }

    @Test
    void hasATimeAndABoundOfItsOwn() {
        try (LocalDax own = tables.dax()
                        .itemTimeToLive(Duration.ZERO)
                        .queryTimeToLive(Duration.ofSeconds(1))
                        .queryCacheBytes(1)
                        .start();
                DynamoDbClient ownClient = CacheFixture.connect(own.url())) {
            tables.put(ownClient, "own", 1, "old");
            tables.query(ownClient, "own");

            assertThat(own.counters().get(Metric.EVICTED_ENTRIES)).isOne();
            tables.put(dynamo, "own", 1, "written around");
            assertThat(tables.query(ownClient, "own")).containsExactly("written around");
            own.clock().advance(Duration.ofDays(365));
            assertThat(tables.read(ownClient, "own", 1)).isEqualTo("old");
        }
    }

    @Test
    void cachesNoPageIfItIsSwitchedOff() {
        try (LocalDax off = tables.dax().queryCache(false).start();
                DynamoDbClient offClient = CacheFixture.connect(off.url())) {
            tables.put(offClient, "off", 1, "old");
            tables.query(offClient, "off");
            tables.put(dynamo, "off", 1, "new");

            assertThat(tables.query(offClient, "off")).containsExactly("new");
            assertThat(tables.read(offClient, "off", 1)).isEqualTo("old");
        }
    }

    private static QueryRequest.Builder query(String group) {
        return QueryRequest.builder()
                .tableName(tables.table())
                .keyConditionExpression("#group = :group")
                .expressionAttributeNames(Map.of("#group", "group"))
                .expressionAttributeValues(Map.of(":group", AttributeValue.fromS(group)));
    }

    private static List<String> texts(QueryRequest request) {
        return client.query(request).items().stream().map(CacheFixture::text).toList();
    }

    private static int scan() {
        return client.scan(request -> request.tableName(tables.table())).count();
    }
}
