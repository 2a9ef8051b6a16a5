package dev.towline.histories;

import dev.towline.histories.clock.OffsetClock;
import dev.towline.scenarios.instances.TowlineProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Instances of the service, each a process of its own, which can be killed and started again. Thread-safe. */
final class Cluster implements AutoCloseable {

    /**
     * An instance that takes requests.
     *
     * @param name its number and how often it was started before, such as {@code 1/0}
     */
    record Running(String name, TowlineProcess process) {}

    private final Map<String, String> settings;
    private final IntFunction<Map<String, String>> own;
    private final List<Duration> clockOffsets;
    private final Path clockClasses;
    private final AtomicReferenceArray<@Nullable Running> running;
    private final int[] starts;
    private volatile boolean starting;

    private Cluster(
            Map<String, String> settings,
            IntFunction<Map<String, String>> own,
            Path folder,
            List<Duration> clockOffsets) {
        this.settings = settings;
        this.own = own;
        this.clockOffsets = clockOffsets;
        this.clockClasses = copyOf(OffsetClock.class, folder);
        this.running = new AtomicReferenceArray<>(clockOffsets.size());
        this.starts = new int[clockOffsets.size()];
    }

    /**
     * Starts an instance for each clock offset and blocks until all are ready.
     *
     * @param settings of all instances
     * @param own further settings of the instance with this number
     * @param folder to write into
     */
    static Cluster start(
            Map<String, String> settings,
            IntFunction<Map<String, String>> own,
            Path folder,
            List<Duration> clockOffsets) {
        Cluster cluster = new Cluster(settings, own, folder, clockOffsets);
        List<TowlineProcess> launched =
                IntStream.range(0, cluster.size()).mapToObj(cluster::launch).toList();
        for (int i = 0; i < cluster.size(); i++) {
            cluster.running.set(
                    i, new Running(cluster.nextName(i), launched.get(i).awaitReady()));
        }
        return cluster;
    }

    int size() {
        return running.length();
    }

    /** The instance of that number, null while it is not ready. */
    @Nullable
    Running instance(int number) {
        return running.get(number);
    }

    List<Running> instances() {
        return IntStream.range(0, size())
                .mapToObj(this::instance)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Kills an instance. Nothing if it does not run.
     *
     * @throws IllegalStateException if its process lives on
     */
    void kill(int number) {
        Running killed = running.getAndSet(number, null);
        if (killed != null) {
            killed.process().kill();
            if (ProcessHandle.of(killed.process().pid())
                    .filter(ProcessHandle::isAlive)
                    .isPresent()) {
                throw new IllegalStateException("instance %s lives on after kill -9".formatted(killed.name()));
            }
        }
    }

    /** Starts an instance that was killed and blocks until it is ready. */
    void start(int number) {
        starting = true;
        try {
            running.set(number, new Running(nextName(number), launch(number).awaitReady()));
        } finally {
            starting = false;
        }
    }

    /** Whether an instance that was killed is about to be ready again. */
    boolean isStarting() {
        return starting;
    }

    private TowlineProcess launch(int number) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(own.apply(number));
        all.put(OffsetClock.SETTING, clockOffsets.get(number).toString());
        return TowlineProcess.launchWith(clockClasses, all);
    }

    @Override
    public void close() {
        IntStream.range(0, size()).forEach(this::kill);
    }

    private synchronized String nextName(int number) {
        return number + "/" + starts[number]++;
    }

    /** A folder of classes with only this one in it. */
    private static Path copyOf(Class<?> type, Path folder) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = Objects.requireNonNull(type.getResourceAsStream('/' + name))) {
            Path file = folder.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, bytes.readAllBytes());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
