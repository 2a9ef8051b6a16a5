package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedis;
import dev.towline.local.EmbeddedRedisCluster;
import dev.towline.store.EntityKey;
import dev.towline.store.Notes.Note;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Two instances on a cluster, with two shards. By the names of the channels, each shard has its own master, and one master has none; other numbers
 * of shards or names would break that.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterBusIT {

    private static final String COMMON = "towline:changes";
    private static final String OTHER = "towline:changes:1";
    private static final Duration UNPROVEN_WITHIN = Duration.ofMillis(1500);
    private static final Duration PROVEN_WITHIN = Duration.ofSeconds(20);

    private final EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start();
    private final RunningBus a = on(cluster);
    private final RunningBus b = on(cluster);

    private static RunningBus on(EmbeddedRedisCluster cluster, String... settings) {
        return new RunningBus(Stream.concat(
                        Stream.of(
                                "--spring.data.redis.cluster.nodes=" + cluster.addresses(),
                                "--spring.data.redis.lettuce.cluster.refresh.period=15s",
                                "--towline.coherence.shards=2"),
                        Stream.of(settings))
                .toArray(String[]::new));
    }

    @BeforeEach
    void begin() {
        cluster.startAgain();
        await().atMost(PROVEN_WITHIN).until(() -> bothProven() && a.bus.otherInstanceCount() == 1);
        // long enough to find out which servers there are, whatever happened before
        await().during(Duration.ofSeconds(1)).atMost(PROVEN_WITHIN).until(this::bothProven);
        a.notes.take();
        b.notes.take();
    }

    @AfterAll
    void end() {
        a.close();
        b.close();
        cluster.close();
    }

    @Test
    void carriesMessagesInOrderOverShardedChannels() {
        List<String> texts =
                IntStream.rangeClosed(1, 500).mapToObj(Integer::toString).toList();
        texts.forEach(a::publish);

        await().until(() -> b.notes.all().size() >= texts.size());
        assertThat(b.notes.all()).isEqualTo(texts);
        assertThat(subscribers(COMMON)).isEqualTo(2);
        assertThat(subscribers(OTHER)).isEqualTo(2);
        assertThat(cluster.masterOf(COMMON).port())
                .isNotEqualTo(cluster.masterOf(OTHER).port());
    }

    @Test
    void aUserNeedsNoOtherRulesThanOnOneServer() {
        cluster.command(
                Stream.concat(Stream.of("ACL", "SETUSER", "towline", "on", ">right"), SecuredBusIT.RULES.stream())
                        .toArray(String[]::new));
        try (RunningBus user =
                on(cluster, "--spring.data.redis.username=towline", "--spring.data.redis.password=right")) {
            await().atMost(PROVEN_WITHIN).until(() -> user.bus.isProven() && user.bus.otherInstanceCount() == 2);
            user.publish("text");
            await().until(() -> a.notes.all().contains("text"));
        }
    }

    @Test
    void aReplicaThatTakesOverIsSubscribedToAndAnnouncedAsAGap() {
        EntityKey inOther = inShardOne();
        cluster.masterOf(COMMON).kill();
        long killedNanos = System.nanoTime();
        await().atMost(UNPROVEN_WITHIN).until(() -> !a.bus.isProven() && !b.bus.isProven());
        a.publish("lost");
        assertThat(a.bus.isProven(inOther))
                .as("the other shard has another master")
                .isTrue();

        await().atMost(PROVEN_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> cluster.masters().count() == 3);
        long tookOverNanos = System.nanoTime();
        await().atMost(PROVEN_WITHIN).pollInterval(Duration.ofMillis(20)).until(this::bothProven);
        System.out.printf(
                "cluster: a replica took over %d ms after its master was killed, and the bus was proven again %d ms"
                        + " later%n",
                TimeUnit.NANOSECONDS.toMillis(tookOverNanos - killedNanos),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - tookOverNanos));
        await().atMost(Duration.ofSeconds(2))
                .until(() -> List.of(a, b).stream()
                        .allMatch(each -> each.notes.all().containsAll(List.of("LOST", "REDIS_CHANGED"))));
        a.publish("found");
        await().until(() -> b.notes.all().contains("found"));
        assertThat(b.notes.all()).doesNotContain("lost");
        assertThat(subscribers(COMMON)).isEqualTo(2);
    }

    /** The old master goes on as a replica, and keeps its connections. */
    @Test
    void aReplicaThatTakesOverAsPlannedIsSubscribedTo() {
        EmbeddedRedis old = cluster.masterOf(COMMON);
        cluster.replicaOf(old).command("CLUSTER", "FAILOVER");
        await().atMost(PROVEN_WITHIN)
                .ignoreExceptions()
                .until(() -> b.notes.all().contains("REDIS_CHANGED") && subscribers(COMMON) == 2 && bothProven());

        assertThat(cluster.masterOf(COMMON).port()).isNotEqualTo(old.port());
        assertThat(b.notes.all()).contains("LOST").doesNotContain("SILENCE");
    }

    /** What is lost there was perhaps a shared value. */
    @Test
    void aReplicaThatTakesOverIsNoticedAlsoWhereNoChannelIs() {
        EmbeddedRedis idle = cluster.masters()
                .filter(master -> master.port() != cluster.masterOf(COMMON).port()
                        && master.port() != cluster.masterOf(OTHER).port())
                .findFirst()
                .orElseThrow();
        idle.kill();

        await().atMost(PROVEN_WITHIN)
                .until(() ->
                        a.notes.all().contains("REDIS_CHANGED") && b.notes.all().contains("REDIS_CHANGED"));
        assertThat(bothProven()).isTrue();
        assertThat(a.notes.all()).doesNotContain("SILENCE");
    }

    @Test
    void aMasterThatIsBackAtOnceWithoutItsDataIsNoticed() {
        EmbeddedRedis other = cluster.masterOf(OTHER);
        other.kill();
        other.start();

        await().atMost(PROVEN_WITHIN)
                .until(() ->
                        a.notes.all().contains("REDIS_CHANGED") && b.notes.all().contains("REDIS_CHANGED"));
        await().atMost(PROVEN_WITHIN).until(this::bothProven);
    }

    /** Neither could hear the other. */
    @Test
    void instancesWithOrdinaryChannelsAreNotTrusted() {
        StringRedisTemplate ordinary = a.context.getBean(StringRedisTemplate.class);
        ordinary.convertAndSend(COMMON, "a frame of such an instance");

        await().atMost(UNPROVEN_WITHIN).until(() -> !a.bus.isProven() && !b.bus.isProven());
        assertThat(a.notes.all()).containsExactly("LOST");
        await().atMost(PROVEN_WITHIN).until(this::bothProven);
        assertThat(marksWithin(Duration.ofSeconds(1)))
                .as("what such an instance hears of these two, unreadable")
                .hasSizeGreaterThan(4)
                .allSatisfy(
                        mark -> assertThat(Frame.decode(mark, new Shards(2))).isEmpty())
                .allSatisfy(mark -> assertThat(Frame.decode(mark, Shards.ONE)).isEmpty());
    }

    private Queue<byte[]> marksWithin(Duration time) {
        Queue<byte[]> heard = new ConcurrentLinkedQueue<>();
        LettuceConnectionFactory connections = b.context.getBean(LettuceConnectionFactory.class);
        try (RedisConnection connection = connections.getConnection()) {
            connection.subscribe((message, _) -> heard.add(message.getBody()), COMMON.getBytes(StandardCharsets.UTF_8));
            await().pollDelay(time).until(() -> true);
        }
        return heard;
    }

    private static EntityKey inShardOne() {
        return IntStream.range(0, 100)
                .mapToObj(id -> Note.first("n" + id, "top", "a"))
                .map(note -> (EntityKey) note.key())
                .filter(key -> new Shards(2).of(key) == 1)
                .findFirst()
                .orElseThrow();
    }

    /** How many connections the master of a sharded channel has that hear it. */
    private int subscribers(String channel) {
        String answer = cluster.masterOf(channel).command("PUBSUB", "SHARDNUMSUB", channel);
        return Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
    }

    private boolean bothProven() {
        return a.bus.isProven() && b.bus.isProven();
    }
}
