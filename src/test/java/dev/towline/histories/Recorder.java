package dev.towline.histories;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects what clients and watchers report. Thread-safe. */
final class Recorder {

    private final long began = System.nanoTime();
    private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Watch> watches = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Disturbance> disturbances = new ConcurrentLinkedQueue<>();

    /** The time since the beginning of the run. */
    Duration now() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    void add(Watch watch) {
        watches.add(watch);
    }

    void add(Disturbance disturbance) {
        disturbances.add(disturbance);
    }

    int operations() {
        return operations.size();
    }

    History history() {
        return new History(List.copyOf(operations), List.copyOf(watches), List.copyOf(disturbances));
    }
}
