package dev.towline.vendor;

import dev.towline.job.JobFailed;
import dev.towline.job.JobKind;
import dev.towline.job.JobProgress;
import dev.towline.job.JobRun;
import dev.towline.job.JobWork;
import dev.towline.redis.RedisDown;
import dev.towline.vendor.VendorIndexRebuild.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The work of a job that compares all vendors in DynamoDB with the position indexes, and mends what differs: unhurried as a reconciliation, or
 * as fast as it can as a rebuild. Two at once mend the same differences, which is harmless. Thread-safe.
 */
final class VendorReconciliation implements JobWork {

    /** How many vendors are read between two pauses, and between two looks at whether the job goes on. */
    private static final int BURST = 100;

    private static final int SAVED_EVERY = 2_000;

    private final JobKind kind;
    private final VendorIndexRebuild rebuild;
    private final int vendorsPerSecond;

    /** @param vendorsPerSecond how many vendors it reads in a second at most, if the job does not say it */
    VendorReconciliation(JobKind kind, VendorIndexRebuild rebuild, int vendorsPerSecond) {
        this.kind = kind;
        this.rebuild = rebuild;
        this.vendorsPerSecond = vendorsPerSecond;
    }

    @Override
    public JobKind kind() {
        return kind;
    }

    /** Begins at the first vendor, even if another instance has begun before: it needs to have seen all of them. */
    @Override
    public void run(JobRun run) {
        int perSecond = run.input().isEmpty() ? vendorsPerSecond : Integer.parseInt(run.input());
        Duration pause = Duration.ofSeconds(BURST).dividedBy(perSecond);
        JobProgress none = JobProgress.none(run.progress().rowsTotal());
        try {
            Outcome outcome = rebuild.all(read -> {
                if (read % BURST == 0) {
                    run.requireGoing();
                    LockSupport.parkNanos(pause.toNanos());
                }
                if (read % SAVED_EVERY == 0) {
                    run.save(none.plus(read, 0, List.of()));
                }
            });
            run.save(none.plus(outcome.vendors(), outcome.changed(), List.of()));
        } catch (RedisDown down) {
            throw new JobFailed(null, "Redis did not answer.");
        }
    }
}
