package dev.towline.histories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run: clients and watchers are at work while the faults of the plan happen, then all faults end, everything comes to rest, and
 * everything is read once more. The seed decides the faults, their order and length, and what each client sends.
 */
final class HistoryRun {

    private static final int CLIENTS = 5;
    private static final int WATCHERS = 4;

    /** A request whose outcome is unknown is sent again with the same client token, so many times at most. */
    private static final int MOST_ATTEMPTS = 4;

    private static final int LONGEST_PAUSE_MILLIS = 150;
    private static final Duration CALM = Duration.ofMillis(800);

    /** In it every instance hears what it has missed: the bus is proven again within a second. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final long seed;
    private final FaultyStack stack;
    private final Recorder recorder = new Recorder();
    private final World world = new World();
    private volatile boolean writing = true;
    private volatile boolean atRest;

    private HistoryRun(long seed, FaultyStack stack) {
        this.seed = seed;
        this.stack = stack;
    }

    /** Runs and blocks until it is over. */
    static History run(long seed, FaultPlan plan, FaultyStack stack) {
        HistoryRun run = new HistoryRun(seed, stack);
        try {
            return run.run(plan);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private History run(FaultPlan plan) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            List<Future<?>> watchers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(threads.submit(() -> actAs(number)));
            }
            for (int i = 0; i < WATCHERS; i++) {
                int number = i;
                watchers.add(threads.submit(() -> watchAs(number)));
            }
            try {
                fail(plan);
            } finally {
                writing = false;
            }
            for (Future<?> client : clients) {
                client.get();
            }
            stack.dynamo().calm();
            Thread.sleep(REST);
            moveOnceMore();
            Thread.sleep(REST);
            FinalReads.readAll(stack.cluster().instances(), recorder, world);
            atRest = true;
            for (Future<?> watcher : watchers) {
                watcher.get();
            }
        } finally {
            writing = false;
            atRest = true;
        }
        return recorder.history();
    }

    /** From each instance in turn, so that every watcher has something to receive from another one. */
    private void moveOnceMore() {
        Client client = new Client(CLIENTS, false, recorder, world);
        Random random = new Random(seed);
        for (Cluster.Running instance : stack.cluster().instances()) {
            world.inUse("session").forEach(session -> client.send(instance, Action.location(session, random)));
        }
    }

    private void fail(FaultPlan plan) throws InterruptedException {
        Thread.sleep(CALM);
        for (FaultPlan.Planned planned : plan.faults()) {
            Duration begun = recorder.now();
            planned.kind().begin(stack, planned.instance());
            Thread.sleep(planned.lasts());
            planned.kind().end(stack, planned.instance());
            System.out.printf(
                    "%5.1f s  %s of instance %d, %d ms; %d operations so far%n",
                    begun.toMillis() / 1e3,
                    planned.kind(),
                    planned.instance(),
                    planned.lasts().toMillis(),
                    recorder.operations());
            stack.dynamo().forgetRequests();
            Thread.sleep(CALM);
        }
    }

    private Object actAs(int number) throws InterruptedException {
        Random random = new Random(seed * 31 + number);
        Client client = new Client(number, number % 2 == 0, recorder, world);
        for (int i = 0; writing; i++) {
            Action action = Action.any(world, random);
            Request request = action.on(world, random, "s%d-c%d-%d".formatted(seed, number, i));
            for (int attempt = 0; writing && attempt < MOST_ATTEMPTS; attempt++) {
                Cluster.Running instance =
                        stack.cluster().instance(random.nextInt(stack.cluster().size()));
                if (instance != null
                        && (client.send(instance, request).outcome() != Outcome.UNKNOWN
                                || !request.arguments().containsKey("clientToken"))) {
                    break;
                }
            }
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        }
        return number;
    }

    private Object watchAs(int number) throws InterruptedException {
        Random random = new Random(seed * 31 + CLIENTS + number);
        Watcher watcher = new Watcher(number, recorder);
        while (!atRest) {
            Cluster.Running instance =
                    stack.cluster().instance(random.nextInt(stack.cluster().size()));
            if (instance != null && world.has("session")) {
                Duration until = recorder.now().plusMillis(random.nextInt(1_000, 10_000));
                // nobody leaves while everything comes to rest, so that each stream shows whether it gets the last
                // changes
                BooleanSupplier leaves = () -> writing && recorder.now().compareTo(until) > 0;
                watcher.watch(instance, world.any("session", random), leaves, () -> atRest);
            }
            Thread.sleep(random.nextInt(100));
        }
        return number;
    }

    /** Writes a history as text, for people. */
    static void write(History history, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    Stream.concat(history.operations().stream(), history.watches().stream())
                            .map(Object::toString)
                            .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
