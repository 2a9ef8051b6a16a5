package dev.towline.job;

import dev.towline.paging.Connection;
import dev.towline.store.SomeTokens;
import dev.towline.store.Store;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Jobs in a store, for the tests of features that have some. */
public final class SomeJobs {

    private static final JobSettings SETTINGS =
            new JobSettings(2, Duration.ofMillis(50), Duration.ofSeconds(15), Duration.ofSeconds(3), 20, 3);

    private final JobSignal signal = new JobSignal();
    private final Jobs jobs;
    private final InstantSource clock;

    public SomeJobs(Store store, InstantSource clock) {
        this.jobs = new Jobs(store, SomeTokens.of(store, clock), signal, SETTINGS, clock);
        this.clock = clock;
    }

    public Jobs jobs() {
        return jobs;
    }

    /** A runner that takes no job by itself. */
    public JobRunner runner(JobWork work) {
        return new JobRunner(jobs, List.of(work), signal, new JobMetrics(new SimpleMeterRegistry()), SETTINGS, clock);
    }

    /** The jobs of the service, the newest first. */
    public List<Job> all() {
        return jobs.list(Tenant.SERVICE, JobFilter.ANY, Jobs.page(null, null)).edges().stream()
                .map(Connection.Edge::node)
                .toList();
    }

    /** Cancels it. */
    public void cancelLast() {
        jobs.cancel(Tenant.SERVICE, last().id());
    }

    /** The last job of the service. */
    public Job last() {
        return all().getFirst();
    }
}
