package dev.towline.histories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: clients and watchers are at work while the faults of the plan happen, then all faults end, everything comes to rest, and
 * everything is read once more. The seed decides the faults, their order and length, and the choices of each client; the answers decide
 * which entities there are to choose from.
 */
final class HistoryRun {

    private static final int CLIENTS = 5;
    private static final int WATCHERS = 4;

    /** A request whose outcome is unknown is sent again with the same client token, so many times at most. */
    private static final int MOST_ATTEMPTS = 4;

    private static final int LONGEST_PAUSE_MILLIS = 150;

    /** So many times as long are the pauses while an instance starts: beside busy clients that takes half a minute, and half of all requests. */
    private static final int PAUSES_DURING_A_START = 4;

    /** Twice what a stream may take to catch up, so that many have to have something before they leave. */
    private static final int LONGEST_WATCH_MILLIS = 2 * (int) StreamsKeepUp.CAUGHT_UP.toMillis();

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
            run(plan, threads);
        }
        return recorder.history();
    }

    private void run(FaultPlan plan, ExecutorService threads) throws InterruptedException, ExecutionException {
        try {
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
            LastMoves last = new LastMoves(seed, stack.cluster().instances(), recorder, world);
            last.watch(task -> watchers.add(threads.submit(task)), () -> atRest);
            FaultKind.CHANNEL_CUT.begin(stack, 0);
            Duration begun = recorder.now();
            last.moveUnheard();
            FaultKind.CHANNEL_CUT.end(stack, 0);
            recorder.add(new Disturbance(FaultKind.CHANNEL_CUT, 0, begun, recorder.now()));
            last.move();
            Thread.sleep(REST);
            FinalReads.readAll(stack.cluster().instances(), recorder, world);
            atRest = true;
            for (Future<?> watcher : watchers) {
                watcher.get();
            }
        } finally {
            writing = false;
            atRest = true; // the threads wait for it
        }
    }

    private void fail(FaultPlan plan) throws InterruptedException {
        Thread.sleep(CALM);
        for (FaultPlan.Planned planned : plan.faults()) {
            Duration begun = recorder.now();
            planned.kind().begin(stack, planned.instance());
            Thread.sleep(planned.lasts());
            planned.kind().end(stack, planned.instance());
            recorder.add(new Disturbance(planned.kind(), planned.instance(), begun, recorder.now()));
            System.out.printf(
                    "%5.1f s  %s of instance %d, %d ms; %d operations so far%s%n",
                    begun.toMillis() / 1e3,
                    planned.kind(),
                    planned.instance(),
                    planned.lasts().toMillis(),
                    recorder.operations(),
                    planned.kind().isOfDynamo()
                            ? ", %d requests to DynamoDB changed".formatted(stack.changedRequests(planned.kind()))
                            : "");
            stack.dynamo().forgetRequests();
            Thread.sleep(CALM);
        }
    }

    private Object actAs(int number) throws InterruptedException {
        // how often a request is repeated depends on the answers, so it must not change what is sent next
        RandomGenerator routes = random(seed, -1 - number, 0);
        Client client = new Client(number, number % 2 == 0, recorder, world);
        for (int i = 0; writing; i++) {
            Request request = request(seed, number, i, world);
            for (int attempt = 0; writing && attempt < MOST_ATTEMPTS; attempt++) {
                Cluster.Running instance =
                        stack.cluster().instance(routes.nextInt(stack.cluster().size()));
                if (instance == null) {
                    continue;
                }
                Operation done = client.send(instance, request);
                if (client.sendsSeen() && done.isAcknowledgedWrite()) {
                    readElsewhere(client, instance, done, routes);
                }
                if (done.outcome() != Outcome.UNKNOWN || !request.arguments().containsKey("clientToken")) {
                    break;
                }
            }
            int pauseMillis = routes.nextInt(LONGEST_PAUSE_MILLIS);
            Thread.sleep(stack.cluster().isStarting() ? PAUSES_DURING_A_START * pauseMillis : pauseMillis);
        }
        return number;
    }

    /** Reads what was written from another instance at once: it has to know of the version although no message may have told it. */
    private void readElsewhere(Client client, Cluster.Running writer, Operation write, RandomGenerator routes) {
        List<Cluster.Running> others = stack.cluster().instances().stream()
                .filter(each -> !each.name().equals(writer.name()))
                .toList();
        if (!others.isEmpty()) {
            write.target()
                    .ifPresent(entity ->
                            client.send(others.get(routes.nextInt(others.size())), EntityKind.byName(entity.entity())));
        }
    }

    /**
     * What a client sends. Apart from what there is in the world it depends on nothing that happened before.
     *
     * @param index of the operation
     */
    static Request request(long seed, int client, int index, World world) {
        RandomGenerator choices = random(seed, client, index);
        return Action.any(world, choices).on(world, choices, "s%d-c%d-%d".formatted(seed, client, index));
    }

    private static RandomGenerator random(long seed, int client, int index) {
        return new SplittableRandom(new SplittableRandom(seed + ((long) client << 40)).nextLong() + index);
    }

    private Object watchAs(int number) throws InterruptedException {
        RandomGenerator random = random(seed, CLIENTS + number, 0);
        Watcher watcher = new Watcher(number, recorder);
        boolean isSlow = number == 0;
        @Nullable Watch before = null;
        while (!atRest) {
            Cluster.Running instance =
                    stack.cluster().instance(random.nextInt(stack.cluster().size()));
            if (instance != null && world.has("session")) {
                Duration until = recorder.now().plusMillis(random.nextInt(1_000, LONGEST_WATCH_MILLIS));
                // nobody leaves while everything comes to rest, so that each stream shows whether it gets the last
                // changes
                BooleanSupplier leaves = () -> writing && recorder.now().compareTo(until) > 0;
                Watch.Way continuation = before == null ? null : before.continuation();
                if (before == null || continuation == null || random.nextInt(4) == 0) {
                    String session = world.any("session", random);
                    before = watcher.watch(instance, session, Watch.Way.anew(isSlow), leaves, () -> atRest);
                } else {
                    before = watcher.watch(instance, before.session(), continuation, leaves, () -> atRest);
                }
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
