package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What several nodes do, seen by real clients, each of which stays with one node unless a test says otherwise. */
class LocalDaxClusterIT {

    private static final Duration DELAY = Duration.ofMillis(800);

    @AutoClose
    private static final CacheFixture tables = new CacheFixture("localdax-cluster");

    @AutoClose
    private static final LocalDax dax =
            tables.dax().nodes(2).pinned(true).replicationDelay(DELAY).start();

    @AutoClose
    private static final DynamoDbClient first = CacheFixture.connect(dax.node(0).url());

    @AutoClose
    private static final DynamoDbClient second =
            CacheFixture.connect(dax.node(1).url());

    private static final DynamoDbClient dynamo = tables.dynamo();

    @Test
    void showsAWriteOnOtherNodesLate() {
        tables.put(dynamo, "late", 1, "old");
        tables.read(second, "late", 1);

        tables.put(first, "late", 1, "new");

        assertThat(tables.read(first, "late", 1)).isEqualTo("new");
        dax.clock().advance(DELAY.minusNanos(1));
        assertThat(tables.read(second, "late", 1)).isEqualTo("old");
        dax.clock().advance(Duration.ofNanos(1));
        long before = dax.counters().dynamoRequests(Operation.GET_ITEM);
        assertThat(tables.read(second, "late", 1)).isEqualTo("new");
        assertThat(dax.counters().dynamoRequests(Operation.GET_ITEM)).isEqualTo(before);
    }

    @Test
    void showsADeletedItemOnOtherNodesLate() {
        tables.put(first, "deleted", 1, "old");
        dax.clock().advance(DELAY);
        tables.delete(first, "deleted", 1);

        assertThat(tables.read(second, "deleted", 1)).isEqualTo("old");
        dax.clock().advance(DELAY);
        assertThat(tables.read(second, "deleted", 1)).isEqualTo("none");
    }

    @Test
    void doesNotReplicateReadsAndQueries() {
        tables.put(dynamo, "reads", 1, "old");
        tables.read(first, "reads", 1);
        tables.query(first, "reads");
        tables.put(dynamo, "reads", 1, "new");
        dax.clock().advance(DELAY);

        assertThat(tables.read(second, "reads", 1)).isEqualTo("new");
        assertThat(tables.query(second, "reads")).containsExactly("new");
        assertThat(tables.read(first, "reads", 1)).isEqualTo("old");
    }

    @Test
    void countsForEachNodeAndForAll() {
        Counters firstBefore = dax.node(0).counters();
        Counters secondBefore = dax.node(1).counters();

        tables.read(second, "counted", 1);

        assertThat(dax.node(0).counters().requests(Operation.GET_ITEM))
                .isEqualTo(firstBefore.requests(Operation.GET_ITEM));
        assertThat(dax.node(1).counters().requests(Operation.GET_ITEM))
                .isEqualTo(secondBefore.requests(Operation.GET_ITEM) + 1);
        assertThat(dax.counters().requests(Operation.GET_ITEM))
                .isEqualTo(firstBefore.requests(Operation.GET_ITEM) + secondBefore.requests(Operation.GET_ITEM) + 1);
        assertThat(dax.node(1).counters().get(Metric.CLIENT_CONNECTIONS)).isPositive();
        assertThat(dax.node(1).counters().toString()).contains("GetItemRequestCount=", "ClientConnections=");
    }

    @Test
    void advertisesAllNodesToAClientThatKnowsOne() {
        try (LocalDax three = tables.dax().nodes(3).start();
                DynamoDbClient client = CacheFixture.connect(three.url())) {
            await().until(() -> {
                tables.read(client, "advertised", 1);
                return three.nodes().stream().allMatch(node -> node.counters().requests(Operation.GET_ITEM) > 0);
            });
        }
    }

    @Test
    void goesOnWithTheOtherNodesWhenOneIsGone() {
        try (LocalDax two = tables.dax().nodes(2).start();
                DynamoDbClient client = CacheFixture.connect(two.url())) {
            tables.put(client, "gone", 1, "text");
            two.node(1).stop();

            for (int i = 0; i < 20; i++) {
                assertThat(tables.read(client, "gone", 1)).isEqualTo("text");
            }
            assertThat(two.node(1).counters().get(Metric.CLIENT_CONNECTIONS)).isZero();
        }
    }

    @Test
    void failsWhileTheOnlyNodeIsGoneAndGoesOnWhenItIsBack() {
        try (LocalDax one = tables.dax().start();
                DynamoDbClient client = CacheFixture.connect(one.url())) {
            tables.put(client, "back", 1, "old");
            int port = one.node(0).port();

            one.node(0).stop();
            assertThatThrownBy(() -> tables.read(client, "back", 1)).isInstanceOf(SdkException.class);
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
            tables.put(dynamo, "back", 1, "written around");

            one.node(0).start();
            assertThat(one.node(0).port()).isEqualTo(port);
            await().ignoreExceptionsInstanceOf(SdkException.class)
                    .until(() -> tables.read(client, "back", 1).equals("written around"));
        }
    }

    @Test
    void forgetsOnlyWhatTheFlushedNodeHas() {
        tables.put(first, "flush", 1, "old");
        dax.clock().advance(DELAY);
        tables.read(second, "flush", 1);
        tables.put(dynamo, "flush", 1, "written around");

        dax.node(0).flush();

        assertThat(tables.read(first, "flush", 1)).isEqualTo("written around");
        assertThat(tables.read(second, "flush", 1)).isEqualTo("old");
    }

    @Test
    void givesNodesTheNextFreePorts() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalDax two = tables.dax().nodes(2).port(0).start()) {
            assertThat(List.of(two.node(0).port(), two.node(1).port()))
                    .doesNotHaveDuplicates()
                    .doesNotContain(taken.getLocalPort());
            assertThat(URI.create(two.url()).getPort()).isEqualTo(two.node(0).port());
            assertThatThrownBy(() -> tables.dax().port(taken.getLocalPort()).start())
                    .hasMessageContaining("Address already in use");
        }
    }
}
