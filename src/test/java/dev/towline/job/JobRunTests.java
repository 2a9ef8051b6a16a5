package dev.towline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.job.JobStopped.Reason;
import dev.towline.problem.Conflict;
import dev.towline.store.InMemoryStore;
import dev.towline.store.SomeTokens;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens to a run when others write its job. */
class JobRunTests {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Viewer OPERATOR = new Viewer(Role.OPERATOR, "ann", new Tenant("acme"));
    private static final JobProgress SOME = JobProgress.none(10).plus(5, 4, List.of(new JobError(7, "no")));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(_ -> {});
    private final JobSettings settings = new JobSettings(2, Duration.ofSeconds(2), LEASE, Duration.ofSeconds(3), 2, 20);
    private final Jobs jobs = new Jobs(store, SomeTokens.of(store, now::get), new JobSignal(), settings, now::get);

    @Test
    void storesItsProgressAndGoesOn() {
        JobRun run = taken(started(null));
        run.save(SOME);
        run.requireGoing();
        assertThat(stored(run).state()).isEqualTo(SOME);
        assertThat(stored(run).progress()).isEqualTo(0.5);
        assertThat(run.isResumed()).isFalse();
    }

    @Test
    void stopsWhenAnotherInstanceHasTheJob() {
        JobRun run = taken(started(null));
        JobRun other = taken(stored(run));
        assertStops(Reason.LOST, () -> run.save(SOME));
        assertStops(Reason.LOST, run::requireGoing);
        assertThat(stored(run).state().rowsDone()).isZero();
        assertThat(other.isResumed()).isTrue();
        other.save(SOME);
        assertThat(stored(run).state()).isEqualTo(SOME);
    }

    @Test
    void aHeartbeatFindsThatTheJobIsLost() {
        JobRun run = taken(started(null));
        taken(stored(run));
        run.beat();
        assertStops(Reason.LOST, run::requireGoing);
    }

    @Test
    void stopsAfterALeaseWithoutAnyConfirmedWrite() {
        JobRun run = taken(started(null));
        pass(LEASE);
        run.requireGoing();
        pass(Duration.ofMillis(1));
        assertStops(Reason.LOST, run::requireGoing);
    }

    @Test
    void aHeartbeatKeepsTheJob() {
        JobRun run = taken(started(null));
        int version = stored(run).version();
        pass(LEASE);
        run.beat();
        pass(LEASE);
        run.requireGoing();
        assertThat(stored(run).version()).isEqualTo(version + 1);
    }

    @Test
    void aHeartbeatHearsOfACancellation() {
        JobRun run = taken(started(null));
        Job cancelling = jobs.cancel(OPERATOR.tenant(), run.job().id());
        assertThat(cancelling.status()).isEqualTo(JobStatus.RUNNING);
        run.requireGoing();
        run.beat();
        assertStops(Reason.CANCELLED, run::requireGoing);
        run.end(JobStatus.CANCELLED, null);
        assertThat(stored(run).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(jobs.open()).isEmpty();
    }

    @Test
    void theProgressBeforeACancellationIsKept() {
        JobRun run = taken(started(null));
        jobs.cancel(OPERATOR.tenant(), run.job().id());
        assertStops(Reason.CANCELLED, () -> run.save(SOME));
        assertThat(stored(run).state()).isEqualTo(SOME);
    }

    @Test
    void aJobThatWaitsIsCancelledAtOnce() {
        Job job = started(null);
        Job cancelled = jobs.cancel(OPERATOR.tenant(), job.id());
        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(cancelled.endedAt()).isEqualTo(now.get());
        assertThat(jobs.open()).isEmpty();
        assertThat(jobs.cancel(OPERATOR.tenant(), job.id())).isEqualTo(cancelled);
    }

    @Test
    void aJobThatIsGivenBackWaitsAndDoesNotCountAsTaken() {
        JobRun run = taken(started(null));
        run.release();
        Job job = stored(run);
        assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.owner()).isNull();
        assertThat(job.takes()).isZero();
        assertThat(jobs.open()).containsExactly(job.key());
    }

    @Test
    void aHeartbeatThatComesTooLateWritesNothing() {
        JobRun given = taken(started(null));
        given.release();
        JobRun ended = taken(started(null));
        ended.end(JobStatus.SUCCEEDED, null);
        for (JobRun run : List.of(given, ended)) {
            Job before = stored(run);
            run.beat();
            assertThat(stored(run)).isEqualTo(before);
        }
    }

    @Test
    void aFailureKeepsItsReasonBehindManyErrors() {
        JobRun run = taken(started(null));
        run.save(JobProgress.none(null).plus(200, 0, Collections.nCopies(200, new JobError(1, "bad"))));
        run.end(JobStatus.FAILED, new JobError(null, "why"));
        Job job = stored(run);
        assertThat(job.errors()).hasSize(JobProgress.MOST_ERRORS).last().isEqualTo(new JobError(null, "why"));
        assertThat(job.errorCount()).isEqualTo(201);
    }

    @Test
    void aTokenGivesTheSameJobAgain() {
        Job job = started("t1");
        assertThat(started("t1").id()).isEqualTo(job.id());
        assertThat(jobs.open()).hasSize(1);
    }

    @Test
    void aTenantHasOnlySoManyOpenJobs() {
        Job first = started(null);
        started(null);
        assertThatExceptionOfType(Conflict.class).isThrownBy(() -> started(null));
        jobs.cancel(OPERATOR.tenant(), first.id());
        started(null);
        assertThat(jobs.open()).hasSize(2);
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        String reason = new JobError(1, "x".repeat(198) + "🚚🚚").reason();
        assertThat(reason).isEqualTo("x".repeat(198) + "…");
    }

    private Job started(@Nullable String token) {
        return jobs.start(OPERATOR, "startVendorImport", token, new Jobs.Task(JobKind.VENDOR_IMPORT, "csv-1", 10));
    }

    private JobRun taken(Job job) {
        String owner = "instance-" + job.version();
        Job taken = job.taken(owner, now.get());
        jobs.write(taken);
        return new JobRun(jobs, taken, owner, LEASE, now.get(), now::get);
    }

    private Job stored(JobRun run) {
        return Objects.requireNonNull(jobs.find(run.job().key()));
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static void assertStops(Reason reason, Runnable step) {
        assertThatExceptionOfType(JobStopped.class)
                .isThrownBy(step::run)
                .satisfies(stopped -> assertThat(stopped.reason()).isEqualTo(reason));
    }
}
