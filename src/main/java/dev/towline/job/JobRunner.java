package dev.towline.job;

import dev.towline.job.JobStopped.Reason;
import dev.towline.problem.Unavailable;
import dev.towline.store.WriteConflict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs jobs on this instance. It looks for open jobs every {@code towline.jobs.poll}, and takes those that wait, and those whose owner gave no
 * sign of life for a lease: it saw the same version for so long by its own clock, so clocks need not agree. The conditional write decides
 * which instance takes a job. Thread-safe.
 */
@Component
public final class JobRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /** How long a stopping instance waits for its runs, each of which stops at its next row. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private final Jobs jobs;
    private final JobSignal signal;
    private final JobMetrics metrics;
    private final JobSettings settings;
    private final InstantSource clock;
    private final Map<JobKind, JobWork> works = new EnumMap<>(JobKind.class);

    /** A new one for each start, so that a restarted instance does not take its former work for its own. */
    private final String owner = UUID.randomUUID().toString();

    private final Map<JobKey, Running> running = new ConcurrentHashMap<>();

    /** What the looking thread saw of the jobs of others. Only that thread uses it. */
    private Map<JobKey, Seen> seen = new HashMap<>();

    private volatile @Nullable Thread looking;
    private volatile boolean stopping;

    /** A version, and when it was seen first. */
    private record Seen(int version, Instant since) {}

    private record Running(JobRun run, Thread thread) {}

    JobRunner(
            Jobs jobs,
            List<JobWork> works,
            JobSignal signal,
            JobMetrics metrics,
            JobSettings settings,
            InstantSource clock) {
        this.jobs = jobs;
        this.signal = signal;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
        for (JobWork work : works) {
            if (this.works.put(work.kind(), work) != null) {
                throw new IllegalStateException("several beans do the work of " + work.kind());
            }
        }
        metrics.running(running::size);
    }

    @Override
    public void start() {
        stopping = false;
        if (settings.atOnce() > 0) {
            looking = Thread.ofVirtual().name("job-runner").start(this::lookAgainAndAgain);
        }
    }

    /** Makes all runs stop at their next step and give their jobs back. Blocks until they have. */
    @Override
    public void stop() {
        Thread looker = looking;
        looking = null;
        stopping = true;
        signal.raise();
        Instant until = clock.instant().plus(STOPS_WITHIN);
        try {
            if (looker != null) {
                // first, so that no run begins after the others have been told
                looker.join(STOPS_WITHIN);
            }
            List<Running> all = List.copyOf(running.values());
            all.forEach(each -> each.run.stop(Reason.SHUTDOWN));
            for (Running each : all) {
                each.thread.join(longerThanZero(Duration.between(clock.instant(), until)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** At the same time as connections end: the work of the one need not wait for the other. */
    @Override
    public void stop(Runnable callback) {
        Thread.ofVirtual().name("job-runner-stop").start(() -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    private static Duration longerThanZero(Duration left) {
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }

    /** Blocks a virtual thread until this stops. */
    private void lookAgainAndAgain() {
        boolean isAway = false;
        while (!stopping) {
            try {
                look();
                isAway = false;
            } catch (Unavailable away) {
                if (!isAway) {
                    LOG.warn(
                            "Towline cannot look for jobs, and tries again every {}: {}",
                            settings.poll(),
                            away.toString());
                }
                isAway = true;
            } catch (RuntimeException failure) {
                LOG.error("Towline could not look for jobs, and tries again", failure);
            }
            try {
                signal.await(settings.poll());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Takes what there is to take. Blocking. */
    private void look() {
        Map<JobKey, Seen> now = new HashMap<>();
        for (JobKey key : jobs.open()) {
            if (running.containsKey(key)) {
                continue;
            }
            Job job = readable(key);
            if (job == null || job.status().isEnd()) {
                continue;
            }
            Instant instant = clock.instant();
            Seen before = seen.get(key);
            Seen present =
                    before == null || before.version != job.version() ? new Seen(job.version(), instant) : before;
            now.put(key, present);
            boolean isLapsed = job.status() == JobStatus.RUNNING
                    && !present.since.plus(settings.lease()).isAfter(instant);
            if ((isLapsed || job.status() == JobStatus.QUEUED) && running.size() < settings.atOnce()) {
                take(job, isLapsed);
            }
        }
        seen = now;
    }

    /** The job, null if it does not exist or this version of the service cannot read it. */
    private @Nullable Job readable(JobKey key) {
        try {
            return jobs.find(key);
        } catch (Unavailable away) {
            throw away;
        } catch (RuntimeException unreadable) {
            LOG.warn("Towline leaves the job {} to other instances, because it cannot read it", key.id(), unreadable);
            return null;
        }
    }

    private void take(Job job, boolean isLapsed) {
        JobWork work = works.get(job.kind());
        if (work == null) {
            return;
        }
        Instant now = clock.instant();
        try {
            if (job.isCancelRequested()) {
                jobs.end(job.ended(JobStatus.CANCELLED, job.state(), now));
                metrics.ended(job.kind(), JobStatus.CANCELLED).increment();
                return;
            }
            if (job.takes() >= settings.maxTakes()) {
                JobError error =
                        new JobError(null, "The job was begun " + job.takes() + " times without any progress.");
                jobs.end(job.ended(JobStatus.FAILED, job.state().failing(error), now));
                metrics.ended(job.kind(), JobStatus.FAILED).increment();
                return;
            }
            Job taken = job.taken(owner, now);
            jobs.write(taken);
            metrics.taken(job.kind(), isLapsed).increment();
            begin(new JobRun(jobs, taken, owner, settings.lease(), now, clock), work);
        } catch (WriteConflict another) {
            // Another instance was faster, or somebody has cancelled the job.
        }
    }

    /**
     * Runs a job of the whole service on this instance, at once, whatever else runs. The other instances see it, and one of them takes it over
     * if this one does not end it. Blocks until the work has stopped here.
     *
     * @param rowsTotal the number of rows, null if unknown
     * @return how it ended, {@link JobStatus#QUEUED} or {@link JobStatus#RUNNING} if it goes on elsewhere
     * @throws Unavailable if the database does not answer
     */
    public JobStatus runHere(JobKind kind, @Nullable Integer rowsTotal) {
        JobWork work = works.get(kind);
        if (work == null || stopping) {
            throw new IllegalStateException("this instance cannot run a " + kind);
        }
        Instant now = clock.instant();
        JobRun run = new JobRun(jobs, jobs.begin(kind, owner, rowsTotal), owner, settings.lease(), now, clock);
        try {
            begin(run, work).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (run.job().status() == JobStatus.RUNNING) {
            // whoever wanted it here wants another one; if this fails, an instance takes it after a lease
            fail(run);
        }
        return run.job().status();
    }

    private Thread begin(JobRun run, JobWork work) {
        Job job = run.job();
        LOG.info(
                "Towline runs the job {} of {}, a {}, from row {} on",
                job.id(),
                job.key().tenant(),
                job.kind(),
                job.rowsDone());
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().name("job-" + job.id()).unstarted(() -> {
            try {
                run(run, work);
            } finally {
                ended.countDown();
                running.remove(job.key());
                signal.raise();
            }
        });
        running.put(job.key(), new Running(run, thread));
        if (stopping) {
            run.stop(Reason.SHUTDOWN);
        }
        thread.start();
        Thread.ofVirtual().name("job-heartbeat-" + job.id()).start(() -> beat(run, ended));
        return thread;
    }

    private void beat(JobRun run, CountDownLatch ended) {
        try {
            while (!ended.await(settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS)) {
                run.beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Blocks until the run ends, however it does. Never throws. */
    private void run(JobRun run, JobWork work) {
        try {
            try {
                run.requireGoing();
                work.run(run);
                end(run, JobStatus.SUCCEEDED, null);
            } catch (JobStopped stopped) {
                switch (stopped.reason()) {
                    case CANCELLED -> end(run, JobStatus.CANCELLED, null);
                    case SHUTDOWN -> {
                        run.release();
                        LOG.info(
                                "Towline gives the job {} back, because it stops",
                                run.job().id());
                    }
                    case LOST -> throw stopped;
                }
            } catch (JobFailed failed) {
                end(run, JobStatus.FAILED, failed.error());
            }
        } catch (JobStopped lost) {
            LOG.warn(
                    "Towline stops its work on the job {}, which it does not have any more",
                    run.job().id());
        } catch (Unavailable away) {
            LOG.warn(
                    "The job {} rests for {}, because the database does not answer: {}",
                    run.job().id(),
                    settings.lease(),
                    away.toString());
        } catch (Throwable failure) { // also errors, of which whoever started the job must learn
            LOG.error("The job {} failed", run.job().id(), failure);
            fail(run);
        }
    }

    private void end(JobRun run, JobStatus status, @Nullable JobError error) {
        Job job = run.end(status, error);
        metrics.ended(job.kind(), status).increment();
        LOG.info(
                "The job {} has ended: {}, {} rows, {} of them changed something, {} errors",
                job.id(),
                status,
                job.rowsDone(),
                job.rowsChanged(),
                job.errorCount());
    }

    private void fail(JobRun run) {
        try {
            end(run, JobStatus.FAILED, new JobError(null, "An internal error occurred."));
        } catch (RuntimeException unrecorded) {
            LOG.error("The failure of the job {} could not be stored", run.job().id(), unrecorded);
        }
    }
}
