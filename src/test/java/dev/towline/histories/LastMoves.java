package dev.towline.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What happens after all faults: on every instance somebody watches one new session. Every instance moves its vehicle while no instance hears
 * another, and then once more, with those of the sessions in use. So it is certain that every instance misses messages, and has to tell every
 * other one something.
 */
final class LastMoves {

    /** Fixes that are nearer in time do not all get a place in the trail. */
    private static final Duration LONGER_THAN_THE_LEAST_INTERVAL = Duration.ofMillis(600);

    /** The client that makes them. No other one has its number. */
    static final int CLIENT = 100;

    private final List<Cluster.Running> instances;
    private final Recorder recorder;
    private final World world;
    private final RandomGenerator random;
    private String watched = "";

    /** @param world to which the new session is added */
    LastMoves(long seed, List<Cluster.Running> instances, Recorder recorder, World world) {
        this.instances = instances;
        this.recorder = recorder;
        this.world = world;
        this.random = new SplittableRandom(seed);
    }

    /** Starts the new session, its watchers, and blocks until each watcher receives something. */
    void watch(Executor threads, BooleanSupplier atRest) throws InterruptedException {
        World fresh = new World();
        Client client = new Client(CLIENT, true, recorder, fresh);
        for (Action action : List.of(Action.REGISTER_VENDOR, Action.CREATE_INCIDENT, Action.START_SESSION)) {
            Request request = action.on(fresh, random, "last-" + action + '-' + random.nextInt(1_000_000));
            client.send(instances.getFirst(), request).entities().forEach(world::add);
        }
        watched = fresh.all(EntityKind.SESSION.prefix()).getFirst();
        List<Watcher> watchers = new ArrayList<>();
        for (Cluster.Running instance : instances) {
            Watcher watcher = new Watcher(CLIENT + watchers.size(), recorder);
            watchers.add(watcher);
            threads.execute(() -> watcher.watch(instance, watched, Watch.Way.anew(false), () -> false, atRest));
        }
        for (Watcher watcher : watchers) {
            watcher.awaitFirstUpdate();
        }
    }

    /**
     * Moves the vehicle of the new session once from each instance, each time far enough from the last for a place in the trail. For a time in
     * which instances do not hear each other: then each watcher misses several moves, and its instance has to find them in storage.
     */
    void moveUnheard() throws InterruptedException {
        Client client = new Client(CLIENT, false, recorder, world);
        for (Cluster.Running instance : instances) {
            client.send(instance, Action.nearLocation(watched, random));
            Thread.sleep(LONGER_THAN_THE_LEAST_INTERVAL);
        }
    }

    /** Moves every vehicle once from each instance. */
    void move() {
        Client client = new Client(CLIENT, false, recorder, world);
        for (Cluster.Running instance : instances) {
            world.inUse(EntityKind.SESSION.prefix())
                    .forEach(session -> client.send(instance, Action.nearLocation(session, random)));
        }
    }
}
