package dev.towline.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that the test controls. For one thread. */
final class ManualTime implements Scheduler, InstantSource {

    private record Due(Duration at, Runnable task) {}

    private final List<Due> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(now);
    }

    @Override
    public Runnable run(Runnable task, Duration delay) {
        Due due = new Due(now.plus(delay), task);
        waiting.add(due);
        return () -> waiting.remove(due);
    }

    void pass(Duration time) {
        now = now.plus(time);
        List<Due> due = waiting.stream()
                .filter(task -> task.at().compareTo(now) <= 0)
                .sorted(Comparator.comparing(Due::at))
                .toList();
        waiting.removeAll(due);
        due.forEach(task -> task.task().run());
    }

    int timers() {
        return waiting.size();
    }
}
