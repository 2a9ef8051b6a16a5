package dev.towline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.towline.problem.Unavailable;
import dev.towline.store.InMemoryStore;
import dev.towline.store.SomeTokens;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which jobs an instance takes, and how they end. Time stands still unless a test moves it. */
class JobRunnerTests {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOME_LOOKS = Duration.ofMillis(300);
    private static final Viewer OPERATOR = new Viewer(Role.OPERATOR, "ann", new Tenant("acme"));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(_ -> {});
    private final JobSettings settings = new JobSettings(2, Duration.ofMillis(50), LEASE, Duration.ofMillis(50), 20, 3);
    private final JobSignal signal = new JobSignal();
    private final Jobs jobs = new Jobs(store, SomeTokens.of(store, now::get), signal, settings, now::get);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    private final AtomicReference<Consumer<JobRun>> work = new AtomicReference<>(_ -> {});
    private final JobRunner runner = runner(List.of(worker()));

    @AfterEach
    void stop() {
        gate.countDown();
        runner.stop();
    }

    @Test
    void runsAJobThatWaits() {
        work.set(run -> run.save(run.progress().plus(10, 3, List.of())));
        runner.start();
        Job job = start();
        awaitStatus(job, JobStatus.SUCCEEDED);
        assertThat(stored(job).rowsDone()).isEqualTo(10);
        assertThat(stored(job).progress()).isEqualTo(1);
        assertThat(jobs.open()).isEmpty();
        assertThat(count("towline.jobs.taken", "from", "queue")).isEqualTo(1);
        // a moment after it is stored
        await().atMost(PATIENCE).until(() -> count("towline.jobs.ended", "status", "succeeded") > 0);
    }

    @Test
    void takesTheJobOfAnInstanceThatGaveNoSignOfLifeForALease() {
        Job job = start();
        jobs.write(job.taken("another", now.get()));
        runner.start();
        pass(LEASE.minusMillis(1));
        await().pollDelay(SOME_LOOKS).until(() -> true);
        // it was seen first a moment ago, whatever time it is now
        assertThat(begun).hasValue(0);
        pass(LEASE);
        awaitStatus(job, JobStatus.SUCCEEDED);
        assertThat(count("towline.jobs.taken", "from", "another")).isEqualTo(1);
    }

    @Test
    void leavesTheJobOfAnInstanceThatLives() {
        Job job = start();
        Job state = job.taken("another", now.get());
        jobs.write(state);
        runner.start();
        for (int i = 0; i < 5; i++) {
            await().pollDelay(Duration.ofMillis(120)).until(() -> true);
            state = state.beating();
            jobs.write(state);
            await().pollDelay(Duration.ofMillis(120)).until(() -> true);
            pass(LEASE.minusSeconds(1));
        }
        assertThat(begun).hasValue(0);
        assertThat(stored(job)).isEqualTo(state);
    }

    @Test
    void runsAJobOfTheServiceHereAtOnce() {
        // not started: it takes no jobs by itself
        work.set(run -> {
            Job seen = Objects.requireNonNull(
                    jobs.find(new Tenant("acme"), run.job().id()));
            assertThat(seen.status()).as("others see it, and do not take it").isEqualTo(JobStatus.RUNNING);
            assertThat(seen.key().tenant()).isEqualTo(Tenant.SERVICE);
            assertThat(jobs.open()).containsExactly(seen.key());
            run.save(run.progress().plus(10, 3, List.of()));
        });
        assertThat(runner.runHere(JobKind.VENDOR_IMPORT, 10)).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(jobs.open()).isEmpty();
    }

    @Test
    void aJobOfTheServiceIsTakenOverFromAnInstanceThatEnds() {
        work.set(run -> {
            gate.countDown();
            while (true) {
                run.requireGoing();
                Thread.onSpinWait();
            }
        });
        AtomicReference<JobStatus> end = new AtomicReference<>();
        Thread here = Thread.ofVirtual().start(() -> end.set(runner.runHere(JobKind.VENDOR_IMPORT, null)));
        await().atMost(PATIENCE).until(() -> gate.getCount() == 0);
        runner.stop();
        await().atMost(PATIENCE).until(() -> !here.isAlive());
        assertThat(end).hasValue(JobStatus.QUEUED);
        assertThat(jobs.open()).as("for another one").hasSize(1);
    }

    @Test
    void thereIsOneJobOfTheServiceOfAKindAtOnceAndAsOftenAsWanted() {
        Duration hour = Duration.ofHours(1);
        Job first = startForService(hour);
        assertThat(startForService(hour)).as("it waits").isEqualTo(first);
        assertThat(startForService(Duration.ZERO)).as("it waits").isEqualTo(first);
        jobs.end(first.ended(JobStatus.SUCCEEDED, first.state(), now.get()));
        pass(hour.minusMillis(1));
        assertThat(startForService(hour).id()).as("it began lately").isEqualTo(first.id());
        Job second = startForService(Duration.ZERO);
        assertThat(second.id()).as("somebody wants it").isNotEqualTo(first.id());
        jobs.end(second.ended(JobStatus.SUCCEEDED, second.state(), now.get()));
        pass(hour);
        assertThat(startForService(hour).id()).isNotEqualTo(second.id());
    }

    private Job startForService(Duration atMostEvery) {
        return jobs.startForService("ann", new Jobs.Task(JobKind.VENDOR_IMPORT, "", null), atMostEvery);
    }

    @Test
    void tellsWhyAJobFailed() {
        work.set(_ -> {
            throw new JobFailed(1, "no ids");
        });
        runner.start();
        Job job = start();
        awaitStatus(job, JobStatus.FAILED);
        assertThat(stored(job).errors()).containsExactly(new JobError(1, "no ids"));
    }

    @Test
    void aFaultFailsTheJobAndSaysNothingOfItself() {
        work.set(_ -> {
            throw new IllegalStateException("secret");
        });
        runner.start();
        Job job = start();
        awaitStatus(job, JobStatus.FAILED);
        assertThat(stored(job).errors()).containsExactly(new JobError(null, "An internal error occurred."));
    }

    @Test
    void aJobRestsForALeaseWhileTheDatabaseIsAwayAndFailsAfterAllAttempts() {
        work.set(_ -> {
            throw new Unavailable("away", null);
        });
        runner.start();
        Job job = start();
        for (int attempt = 1; attempt <= settings.maxTakes(); attempt++) {
            int expected = attempt;
            await().atMost(PATIENCE).until(() -> begun.get() == expected);
            await().pollDelay(SOME_LOOKS).until(() -> true);
            assertThat(begun).hasValue(attempt);
            assertThat(stored(job).status()).isEqualTo(JobStatus.RUNNING);
            pass(LEASE);
        }
        awaitStatus(job, JobStatus.FAILED);
        assertThat(stored(job).errors().getLast().reason()).contains("3 times without any progress");
    }

    @Test
    void givesItsJobsBackWhenItStops() {
        work.set(run -> {
            while (true) {
                run.requireGoing();
                Thread.onSpinWait();
            }
        });
        runner.start();
        Job job = start();
        await().atMost(PATIENCE).until(() -> begun.get() == 1);
        runner.stop();
        assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(stored(job).owner()).isNull();
        assertThat(jobs.open()).containsExactly(job.key());
    }

    @Test
    void aCancelledJobStops() {
        work.set(run -> {
            while (true) {
                run.requireGoing();
                Thread.onSpinWait();
            }
        });
        runner.start();
        Job job = start();
        await().atMost(PATIENCE).until(() -> begun.get() == 1);
        jobs.cancel(OPERATOR.tenant(), job.id());
        awaitStatus(job, JobStatus.CANCELLED);
    }

    @Test
    void aCancelledJobOfAnInstanceThatIsGoneEndsWithoutBeingBegun() {
        Job job = start();
        Job taken = job.taken("another", now.get());
        jobs.write(taken);
        jobs.cancel(OPERATOR.tenant(), job.id());
        runner.start();
        await().pollDelay(SOME_LOOKS).until(() -> true);
        pass(LEASE);
        awaitStatus(job, JobStatus.CANCELLED);
        assertThat(begun).hasValue(0);
    }

    @Test
    void runsOnlySoManyAtOnce() {
        work.set(_ -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        runner.start();
        List<Job> three = List.of(start(), start(), start());
        await().atMost(PATIENCE).until(() -> begun.get() == 2);
        await().pollDelay(SOME_LOOKS).until(() -> true);
        assertThat(begun).hasValue(2);
        assertThat(meters.get("towline.jobs.running").gauge().value()).isEqualTo(2);
        gate.countDown();
        three.forEach(job -> awaitStatus(job, JobStatus.SUCCEEDED));
    }

    @Test
    void refusesTwoBeansForOneKind() {
        assertThatIllegalStateException()
                .isThrownBy(() -> runner(List.of(worker(), worker())))
                .withMessageContaining("VENDOR_IMPORT");
    }

    private JobRunner runner(List<JobWork> works) {
        return new JobRunner(jobs, works, signal, new JobMetrics(meters), settings, now::get);
    }

    private JobWork worker() {
        return new JobWork() {
            @Override
            public JobKind kind() {
                return JobKind.VENDOR_IMPORT;
            }

            @Override
            public void run(JobRun run) {
                begun.incrementAndGet();
                work.get().accept(run);
            }
        };
    }

    private Job start() {
        return jobs.start(OPERATOR, "startVendorImport", null, new Jobs.Task(JobKind.VENDOR_IMPORT, "csv-1", 20));
    }

    private Job stored(Job job) {
        return Objects.requireNonNull(jobs.find(job.key()));
    }

    private void awaitStatus(Job job, JobStatus status) {
        await().atMost(PATIENCE).until(() -> stored(job).status() == status);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private double count(String name, String tag, String value) {
        return meters.get(name).tag(tag, value).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
