package dev.towline.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A Redis cluster of three masters, each with a replica, as processes on the loopback address. A node counts as failed after a second, so a
 * replica takes over after about two. Starting blocks until every slot is served and every replica has its data. Thread-safe.
 */
public final class EmbeddedRedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration FORMED_WITHIN = Duration.ofSeconds(30);
    private static final String FAILED_AFTER_MILLIS = "1000";

    private final Path folder;
    private final List<EmbeddedRedis> nodes;

    private EmbeddedRedisCluster(Path folder, List<EmbeddedRedis> nodes) {
        this.folder = folder;
        this.nodes = nodes;
    }

    public static EmbeddedRedisCluster start() {
        Path folder;
        try {
            folder = Files.createTempDirectory("towline-redis-cluster-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<CompletableFuture<EmbeddedRedis>> starting = IntStream.range(0, 2 * MASTERS)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> node(folder, number)))
                .toList();
        EmbeddedRedisCluster cluster = new EmbeddedRedisCluster(
                folder, starting.stream().map(CompletableFuture::join).toList());
        try {
            cluster.form();
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private static EmbeddedRedis node(Path folder, int number) {
        return EmbeddedRedis.with(
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                FAILED_AFTER_MILLIS,
                "--cluster-config-file",
                folder.resolve("node-" + number + ".conf").toString(),
                "--dir",
                folder.toString(),
                "--repl-diskless-sync-delay",
                "0");
    }

    /** The first three nodes become masters, and each of the others a replica of one of them. */
    private void form() {
        EmbeddedRedis first = nodes.getFirst();
        for (int number = 0; number < nodes.size(); number++) {
            EmbeddedRedis node = nodes.get(number);
            node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(number + 1));
            if (number < MASTERS) {
                int from = SLOTS * number / MASTERS;
                int to = SLOTS * (number + 1) / MASTERS - 1;
                node.command("CLUSTER", "ADDSLOTSRANGE", Integer.toString(from), Integer.toString(to));
            }
            if (number > 0) {
                first.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port()));
            }
        }
        awaitAll("CLUSTER INFO", "cluster_known_nodes:" + nodes.size(), nodes);
        for (int number = 0; number < MASTERS; number++) { // until now all are masters
            String master = nodes.get(number).command("CLUSTER", "MYID");
            EmbeddedRedis replica = nodes.get(number + MASTERS);
            await().atMost(FORMED_WITHIN)
                    .ignoreExceptions()
                    .until(() -> replica.command("CLUSTER", "REPLICATE", master).equals("OK"));
        }
        awaitFormed();
    }

    /** Blocks until every slot is served by a master that runs, and every replica that runs has the data of its master. */
    public void awaitFormed() {
        await("three masters")
                .atMost(FORMED_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> masters().count() == MASTERS);
        List<EmbeddedRedis> running =
                nodes.stream().filter(EmbeddedRedis::isRunning).toList();
        awaitAll("CLUSTER INFO", "cluster_state:ok", running);
        running.stream()
                .filter(node -> !isMaster(node))
                .forEach(node -> awaitAll("INFO replication", "master_link_status:up", List.of(node)));
    }

    private static void awaitAll(String command, String expected, List<EmbeddedRedis> nodes) {
        for (EmbeddedRedis node : nodes) {
            await(command + " of " + node.port() + " has " + expected)
                    .atMost(FORMED_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> node.command(command).contains(expected));
        }
    }

    /** The addresses of all nodes, as {@code spring.data.redis.cluster.nodes} has them. */
    public String addresses() {
        return String.join(
                ",", nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList());
    }

    /** Sends a command to each node that runs. */
    public void command(String... words) {
        nodes.stream().filter(EmbeddedRedis::isRunning).forEach(node -> node.command(words));
    }

    /** The master that has the slot of a key or channel. */
    public EmbeddedRedis masterOf(String name) {
        int slot = Integer.parseInt(anyRunning().command("CLUSTER", "KEYSLOT", name));
        return masters().filter(node -> owns(node, slot)).findFirst().orElseThrow();
    }

    /** The masters that run. */
    public Stream<EmbeddedRedis> masters() {
        return nodes.stream().filter(EmbeddedRedis::isRunning).filter(EmbeddedRedisCluster::isMaster);
    }

    /** A replica that runs. */
    public EmbeddedRedis replicaOf(EmbeddedRedis master) {
        return nodes.stream()
                .filter(EmbeddedRedis::isRunning)
                .filter(node -> node.command("INFO", "replication").contains("master_port:" + master.port()))
                .findFirst()
                .orElseThrow();
    }

    private EmbeddedRedis anyRunning() {
        return nodes.stream().filter(EmbeddedRedis::isRunning).findFirst().orElseThrow();
    }

    private static boolean isMaster(EmbeddedRedis node) {
        return node.command("INFO", "replication").contains("role:master");
    }

    /** Its own line of CLUSTER NODES ends with its slots: {@code id address myself,master - 0 0 1 connected 0-5460}. */
    private static boolean owns(EmbeddedRedis node, int slot) {
        List<String> slots = node.command("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(8))
                .toList();
        for (String range : slots) {
            String[] ends = range.split("-", -1);
            if (Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    /** Starts what was killed again, and blocks until it follows the master that took over. */
    public void startAgain() {
        new ArrayList<>(nodes).forEach(EmbeddedRedis::start);
        awaitFormed();
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(EmbeddedRedis::close);
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
