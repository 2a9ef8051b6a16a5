package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackIT {

    private static final String TABLE = "kept-table";

    @TempDir
    private Path parent;

    @Test
    void keepsDataOverARestartUnlessAskedForAFreshStart() throws IOException {
        try (EmbeddedStack stack = start(false)) {
            Probe.createTable(stack.dynamo(), TABLE);
            assertThat(Probe.redis(stack.redis().port(), "SET kept yes")).isEqualTo("+OK");
        }
        try (EmbeddedStack stack = start(false)) {
            assertThat(Probe.tables(stack.dynamo())).containsExactly(TABLE);
            assertThat(Probe.redis(stack.redis().port(), "GET kept")).isEqualTo("yes");
        }
        try (EmbeddedStack stack = start(true)) {
            assertThat(Probe.tables(stack.dynamo())).isEmpty();
            assertThat(Probe.redis(stack.redis().port(), "GET kept")).isEqualTo("$-1");
        }
    }

    @Test
    void takesTheNextPortIfOneIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackPort.ADDRESS));
                EmbeddedRedis redis = EmbeddedRedis.inMemory(taken.getLocalPort());
                EmbeddedDynamo dynamo =
                        EmbeddedDynamo.inMemory(taken.getLocalPort()).awaitReady()) {
            assertThat(redis.port()).isGreaterThan(taken.getLocalPort());
            assertThat(dynamo.port()).isGreaterThan(redis.port());
        }
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws IOException {
        EmbeddedStack stack = SharedStack.stack();
        List<Integer> ports = new ArrayList<>(List.of(
                stack.redis().port(), stack.dynamo().port(), stack.issuer().port()));
        if (stack.dax() != null) {
            stack.dax().cluster().nodes().forEach(node -> ports.add(node.port()));
        }
        for (int port : ports) {
            assertThat(Probe.listens(LoopbackPort.ADDRESS, port)).isTrue();
            assertThat(Probe.otherAddresses()).noneMatch(address -> Probe.listens(address, port));
        }
    }

    @Test
    void stopsAndStartsRedisInTheMiddle() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.inMemory(0)) {
            int port = redis.port();
            redis.stop();
            assertThat(Probe.listens(LoopbackPort.ADDRESS, port)).isFalse();
            redis.start();
            assertThat(redis.port()).isEqualTo(port);
            assertThat(Probe.redis(port, "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void refusesADataFolderThatIsInUse() {
        try (EmbeddedStack running = start(false)) {
            assertThatExceptionOfType(LocalRunRefused.class)
                    .isThrownBy(() -> start(true))
                    .withMessageContaining("towline.local.data-dir");
            assertThat(running.awaitReady()).isNotNull();
        }
    }

    @Test
    void diesWithAJvmThatIsKilled() throws IOException {
        try (ChildJvm child =
                ChildJvm.start(EmbeddedStackMain.class, parent.resolve("data").toString())) {
            List<String> ports = List.of(child.outputUntil(line -> line.startsWith("ports "))
                    .getLast()
                    .split(" "));
            int redis = Integer.parseInt(ports.get(1));
            int dynamo = Integer.parseInt(ports.get(2));
            List<ProcessHandle> started = child.process().descendants().toList();
            assertThat(started).isNotEmpty();
            assertThat(Probe.redis(redis, "PING")).isEqualTo("+PONG");
            assertThat(Probe.listens(LoopbackPort.ADDRESS, dynamo)).isTrue();

            child.kill();

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(started).noneMatch(ProcessHandle::isAlive);
                assertThat(Probe.listens(LoopbackPort.ADDRESS, redis)).isFalse();
                assertThat(Probe.listens(LoopbackPort.ADDRESS, dynamo)).isFalse();
            });
        }
        try (EmbeddedStack again = start(false)) {
            assertThat(Probe.tables(again.dynamo())).containsExactly(TABLE);
        }
    }

    private EmbeddedStack start(boolean fresh) {
        return EmbeddedStack.start(new LocalSettings(parent.resolve("data").toString(), fresh, 0, 0, true, 0))
                .awaitReady();
    }

    /** The embedded stack in a JVM that waits to be killed. */
    static final class EmbeddedStackMain {

        private EmbeddedStackMain() {}

        public static void main(String[] args) {
            EmbeddedStack stack = EmbeddedStack.start(new LocalSettings(args[0], false, 0, 0, true, 0))
                    .awaitReady();
            Probe.createTable(stack.dynamo(), TABLE);
            System.out.printf(
                    "ports %d %d%n", stack.redis().port(), stack.dynamo().port());
        }
    }
}
