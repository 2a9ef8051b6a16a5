package dev.towline.job;

import dev.towline.job.JobStopped.Reason;
import dev.towline.problem.Unavailable;
import dev.towline.store.WriteConflict;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The work of this instance on a job, from taking it to its end or to the loss of it. This instance has the job while its writes succeed; if
 * none did for a lease, another instance may have it. Thread-safe.
 */
public final class JobRun {

    private final Jobs jobs;
    private final String owner;
    private final Duration lease;
    private final InstantSource clock;
    private final boolean isResumed;

    /** Held during writes, so that each write follows the one before. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile Job job;
    private volatile Instant confirmedAt;
    private volatile @Nullable Reason stop;

    /** @param taken the job as this instance has just stored it, as the owner */
    JobRun(Jobs jobs, Job taken, String owner, Duration lease, Instant takenAt, InstantSource clock) {
        this.jobs = jobs;
        this.job = taken;
        this.owner = owner;
        this.lease = lease;
        this.confirmedAt = takenAt;
        this.clock = clock;
        this.isResumed = taken.takes() > 1 || taken.state().rowsDone() > 0;
    }

    /** The tenant whose job it is. */
    public Tenant tenant() {
        return job.key().tenant();
    }

    /** What {@link Jobs#start} was told. */
    public String input() {
        return job.input();
    }

    /** The stored progress. */
    public JobProgress progress() {
        return job.state();
    }

    /** Whether the job was begun before, so that what follows the stored progress may be done already. */
    public boolean isResumed() {
        return isResumed;
    }

    /**
     * Checks whether the work may go on. Does not block.
     *
     * @throws JobStopped if the job was cancelled or lost, or this instance stops
     */
    public void requireGoing() {
        if (stop == null && clock.instant().isAfter(confirmedAt.plus(lease))) {
            stop(Reason.LOST);
        }
        Reason reason = stop;
        if (reason != null) {
            throw new JobStopped(reason);
        }
    }

    /**
     * Stores how far the work has come. Blocking.
     *
     * @throws JobStopped if the work must stop. The progress is stored nevertheless, unless the job is lost
     * @throws Unavailable if the database does not answer
     */
    public void save(JobProgress progress) {
        write(before -> before.advanced(progress));
        requireGoing();
    }

    /** Says that this instance lives, and hears whether the work must stop. Blocking. Never throws. */
    void beat() {
        try {
            write(Job::beating);
        } catch (JobStopped | Unavailable _) {
            // The work hears of it at its next step.
        }
    }

    /** Makes the work stop at its next step. Does not block. The first reason counts. */
    void stop(Reason reason) {
        if (stop == null) {
            stop = reason;
        }
    }

    /** Gives the job back, so that another instance can take it at once. Blocking. */
    void release() {
        write(Job::released);
    }

    /** Ends the job. Blocking. Returns the last state. */
    Job end(JobStatus status, @Nullable JobError last) {
        writing.lock();
        try {
            while (true) {
                JobProgress state = last == null ? job.state() : job.state().failing(last);
                Job ended = job.ended(status, state, clock.instant());
                try {
                    jobs.end(ended);
                    job = ended;
                    return ended;
                } catch (WriteConflict changed) {
                    reload();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    Job job() {
        return job;
    }

    private void write(UnaryOperator<Job> step) {
        writing.lock();
        try {
            while (true) {
                requireRunning();
                Instant begun = clock.instant();
                Job next = step.apply(job);
                try {
                    jobs.write(next);
                    job = next;
                    confirmedAt = begun;
                    return;
                } catch (WriteConflict changed) {
                    reload();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** A heartbeat may come after the run has ended the job or given it back. */
    private void requireRunning() {
        if (job.status() != JobStatus.RUNNING) {
            throw new JobStopped(Reason.LOST);
        }
    }

    /** Another one has written the job: somebody who cancels it, or its new owner. */
    private void reload() {
        Job stored = jobs.find(job.key());
        if (stored == null || stored.status() != JobStatus.RUNNING || !owner.equals(stored.owner())) {
            stop(Reason.LOST);
            throw new JobStopped(Reason.LOST);
        }
        job = stored;
        if (stored.isCancelRequested()) {
            stop(Reason.CANCELLED);
        }
    }
}
