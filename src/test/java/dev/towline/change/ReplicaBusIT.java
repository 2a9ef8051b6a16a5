package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedis;
import dev.towline.local.EmbeddedSentinel;
import dev.towline.local.MovingAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two instances on one master with a replica, which takes over. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplicaBusIT {

    private static final Duration PROVEN_WITHIN = Duration.ofSeconds(20);

    private final EmbeddedRedis master = EmbeddedRedis.inMemory(0);
    private final EmbeddedRedis replica = EmbeddedRedis.with(
            "--replicaof", "127.0.0.1", Integer.toString(master.port()), "--repl-diskless-sync-delay", "0");
    private final MovingAddress address = new MovingAddress(master.port());
    private final RunningBus a = RunningBus.at(address.port());
    private final RunningBus b = RunningBus.at(address.port());

    @BeforeEach
    void begin() {
        await().atMost(PROVEN_WITHIN)
                .until(() -> replica.command("INFO", "replication").contains("master_link_status:up"));
        await().atMost(PROVEN_WITHIN).until(() -> bothProven() && a.bus.otherInstanceCount() == 1);
        await().during(Duration.ofSeconds(1)).atMost(PROVEN_WITHIN).until(this::bothProven);
        a.notes.take();
        b.notes.take();
    }

    @AfterEach
    void end() {
        a.close();
        b.close();
        address.close();
        replica.close();
        master.close();
    }

    @Test
    void followsTheAddressWhenTheMasterIsKilled() {
        master.kill();
        long killedNanos = System.nanoTime();
        replica.command("REPLICAOF", "NO", "ONE");
        address.moveTo(replica.port());

        await().atMost(PROVEN_WITHIN).until(() -> b.notes.all().contains("REDIS_CHANGED") && bothProven());
        System.out.printf(
                "replica: the bus was proven again %d ms after the master was killed%n",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNanos));
        assertThat(b.notes.all()).contains("LOST");
        assertWorks();
    }

    @Test
    void followsSentinel(@TempDir Path folder) {
        // those two would be missed after the change
        a.close();
        b.close();
        try (EmbeddedSentinel sentinel = EmbeddedSentinel.watching(master, folder);
                RunningBus one = watchedBy(sentinel);
                RunningBus other = watchedBy(sentinel)) {
            await().atMost(PROVEN_WITHIN).until(() -> one.bus.isProven() && other.bus.isProven());
            master.kill();
            long killedNanos = System.nanoTime();
            await().atMost(PROVEN_WITHIN)
                    .until(() ->
                            other.notes.all().contains("REDIS_CHANGED") && one.bus.isProven() && other.bus.isProven());
            System.out.printf(
                    "sentinel: the bus was proven again %d ms after the master was killed%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNanos));
            one.publish("found");
            await().until(() -> other.notes.all().contains("found"));
            assertThat(replica.command("INFO", "replication")).contains("role:master");
        }
    }

    private static RunningBus watchedBy(EmbeddedSentinel sentinel) {
        return new RunningBus(
                "--spring.data.redis.sentinel.master=" + EmbeddedSentinel.MASTER,
                "--spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel.port());
    }

    /** A planned change of roles breaks no connection. */
    @Test
    void leavesAMasterThatHasBecomeAReplica() {
        replica.command("REPLICAOF", "NO", "ONE");
        master.command("REPLICAOF", "127.0.0.1", Integer.toString(replica.port()));
        address.moveTo(replica.port());

        await().atMost(PROVEN_WITHIN)
                .until(() -> a.notes.all().contains("REDIS_CHANGED")
                        && b.notes.all().contains("REDIS_CHANGED")
                        && bothProven());
        assertWorks();
    }

    private void assertWorks() {
        a.publish("found");
        await().until(() -> b.notes.all().contains("found"));
        StringRedisTemplate commands = a.context.getBean(StringRedisTemplate.class);
        commands.opsForValue().set("written", "there");
        assertThat(replica.command("GET", "written")).isEqualTo("there");
    }

    private boolean bothProven() {
        return a.bus.isProven() && b.bus.isProven();
    }
}
