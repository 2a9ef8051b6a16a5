package dev.towline.job;

import dev.towline.problem.Unavailable;

/** Does the work of one kind of job. A feature has a bean for each of its kinds. Thread-safe: several jobs of a kind may run at once. */
public interface JobWork {

    /** The kind of job. No two beans have the same. */
    JobKind kind();

    /**
     * Works from the progress of the run on, until all is done. Blocks a virtual thread.
     *
     * <p>It calls {@link JobRun#save} after each part, so that another instance can go on behind it, and {@link JobRun#requireGoing} before each
     * step within a part. A part may be done twice: if the instance ends after the work and before the call, or if it loses the job without
     * knowing it yet. So that must be harmless.
     *
     * @throws JobStopped from the run
     * @throws JobFailed if the job cannot be done
     * @throws Unavailable if the database does not answer. The job goes on a lease later, on this or another instance
     */
    void run(JobRun run);
}
