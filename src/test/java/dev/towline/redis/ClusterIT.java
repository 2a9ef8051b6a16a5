package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.geo.GeoPoint;
import dev.towline.local.EmbeddedRedis;
import dev.towline.local.EmbeddedRedisCluster;
import dev.towline.redis.SharedValues.Shared;
import dev.towline.redis.TokenBuckets.Filling;
import dev.towline.redis.TokenBuckets.Lease;
import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What instances share, in a cluster of three masters. */
class ClusterIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    /** Of two channels with one master and different slots. */
    private static final List<String> NAMES = List.of("test:1", "test:2");

    /** A version that no Redis has. */
    private static final int NEVER_SHARDED = 1_000;

    private static final Filling STILL = new Filling(100, 1);

    @AutoClose
    private static final EmbeddedRedisCluster CLUSTER = EmbeddedRedisCluster.start();

    @AutoClose("destroy")
    private static final LettuceConnectionFactory CONNECTIONS = connect();

    private static final StringRedisTemplate TEMPLATE = new StringRedisTemplate(CONNECTIONS);

    private static LettuceConnectionFactory connect() {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                new RedisClusterConfiguration(Arrays.asList(CLUSTER.addresses().split(",", -1))),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(2))
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private static RedisValues emptyValues() {
        TEMPLATE.delete(TEMPLATE.keys("*"));
        return new RedisValues(TEMPLATE, RedisServer.SETTINGS);
    }

    @Nested
    class Values extends SharedValuesContract {

        Values() {
            super(emptyValues());
        }
    }

    @Nested
    class Positions extends GeoIndexContract {

        Positions() {
            super(TEMPLATE);
        }
    }

    @Test
    void thePositionsOfOneTenantAreSpreadOverTheMasters() {
        emptyValues();
        try (GeoIndex index = new GeoIndex(new GeoIndexShards(TEMPLATE, RedisServer.SETTINGS))) {
            index.put(
                    new GeoIndex.IndexKey(new Tenant("large"), "e1"),
                    IntStream.range(0, 100)
                            .mapToObj(i -> new GeoIndex.Placed(
                                    new GeoIndex.Member("v" + i, 1, new byte[1]), new GeoPoint(i / 10.0, 0)))
                            .toList());
        }
        Set<Integer> used = TEMPLATE.keys("*:positions").stream()
                .map(key -> CLUSTER.masterOf(key).port())
                .collect(Collectors.toSet());
        assertThat(used).hasSizeGreaterThan(1);
    }

    @Test
    void tenantsAreSpreadOverTheMasters() {
        RedisValues values = emptyValues();
        List<Tenant> tenants =
                IntStream.range(0, 20).mapToObj(i -> new Tenant("tenant" + i)).toList();
        for (Tenant tenant : tenants) {
            values.keep(
                    tenant,
                    List.of(new Shared("one", 1, new byte[1], LONG), new Shared("another", 1, new byte[1], LONG)));
            assertThat(values.getAll(tenant, List.of("one", "another"))).doesNotContainNull();
        }
        Set<Integer> used = tenants.stream()
                .map(tenant -> CLUSTER.masterOf("test:{" + tenant + "}:one").port())
                .collect(Collectors.toSet());
        assertThat(used).hasSize(3);
    }

    @Test
    void rankingsAddUpAndFade() {
        for (int i = 0; i < 6; i++) {
            Ranking ranking =
                    new Rankings(TEMPLATE, RedisServer.SETTINGS).named("fading" + i, Duration.ofMillis(50), 2);
            ranking.add(Map.of("a", 8L, "b", 1L, "c", 2L));
            assertThat(ranking.top(10)).containsExactly("a", "c");
            await().until(() -> {
                ranking.add(Map.of("c", 3L));
                return ranking.top(1).equals(List.of("c"));
            });
        }
    }

    @Test
    void bucketsLease() {
        TokenBuckets buckets = new RedisTokenBuckets(TEMPLATE, RedisServer.SETTINGS);
        for (int i = 0; i < 6; i++) {
            assertThat(buckets.lease("subject" + i, STILL, 0, 30)).isEqualTo(new Lease(30, 70));
            assertThat(buckets.lease("subject" + i, STILL, 0, 100).leased()).isBetween(35L, 36L);
        }
    }

    /** As an old cluster has them. */
    @Test
    void ordinaryChannelsCarryMessagesInOrder() {
        try (Heard a = new Heard(NEVER_SHARDED);
                Heard b = new Heard(NEVER_SHARDED)) {
            for (int i = 0; i < 200; i++) {
                a.send(0, "m" + i);
            }
            b.send(1, "other");
            await().until(() -> b.of(0).size() == 200 && !a.of(1).isEmpty());
            assertThat(b.of(0))
                    .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
            assertThat(a.of(1)).containsExactly("other");
            assertThat(CLUSTER.masterOf(NAMES.getFirst()).command("PUBSUB", "SHARDCHANNELS"))
                    .isEmpty();
        }
    }

    /** Lettuce would renew both with one command, which a cluster refuses. */
    @Test
    void severalShardedChannelsOfANodeAreRenewed() {
        EmbeddedRedis node = CLUSTER.masterOf(NAMES.get(0));
        assertThat(CLUSTER.masterOf(NAMES.get(1)).port()).isEqualTo(node.port());
        try (Heard heard = new Heard(ClusterChannelSet.SHARDED_SINCE)) {
            node.command("CLIENT", "KILL", "TYPE", "pubsub");
            await().ignoreExceptions().until(() -> {
                heard.channels.tend();
                heard.send(0, "one");
                heard.send(1, "other");
                return heard.of(0).contains("one") && heard.of(1).contains("other");
            });
        }
    }

    @Test
    void whoHasOtherChannelsHearsNothingReadable() {
        try (Heard sharded = new Heard(ClusterChannelSet.SHARDED_SINCE);
                Heard ordinary = new Heard(NEVER_SHARDED)) {
            ordinary.send(0, "from the ordinary one");
            sharded.send(0, "from the sharded one");
            await().until(() -> {
                sharded.channels.tend();
                return ordinary.of(0).size() > 1 && sharded.of(0).size() > 1;
            });
            assertThat(sharded.of(0)).containsExactlyInAnyOrder("", "from the sharded one");
            assertThat(ordinary.of(0))
                    .contains("from the ordinary one", new String(ClusterChannelSet.MARK, StandardCharsets.UTF_8))
                    .doesNotContain("from the sharded one");
        }
    }

    /** What one instance hears on two channels. */
    private static final class Heard implements ChannelSet.Subscriber, AutoCloseable {

        final ChannelSet channels;
        private final Map<Integer, Queue<String>> messages =
                Map.of(0, new ConcurrentLinkedQueue<>(), 1, new ConcurrentLinkedQueue<>());
        private final Set<Integer> subscribed = ConcurrentHashMap.newKeySet();

        Heard(int shardedSince) {
            ChannelNames names = new ChannelNames(NAMES.stream()
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toList());
            channels = new ClusterChannelSet(CONNECTIONS, names, shardedSince);
            channels.subscribe(Set.of(0, 1), this);
            await().until(() -> subscribed.size() == 2);
        }

        void send(int channel, String message) {
            var _ = channels.send(channel, message.getBytes(StandardCharsets.UTF_8));
        }

        List<String> of(int channel) {
            return List.copyOf(messages.getOrDefault(channel, new ConcurrentLinkedQueue<>()));
        }

        @Override
        public void subscribed(int channel) {
            subscribed.add(channel);
        }

        @Override
        public void received(int channel, byte[] message) {
            messages.getOrDefault(channel, new ConcurrentLinkedQueue<>())
                    .add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            channels.unsubscribe();
        }
    }
}
