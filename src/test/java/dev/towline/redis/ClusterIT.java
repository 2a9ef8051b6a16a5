package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedisCluster;
import dev.towline.redis.SharedValues.Shared;
import dev.towline.redis.TokenBuckets.Filling;
import dev.towline.redis.TokenBuckets.Lease;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
}
