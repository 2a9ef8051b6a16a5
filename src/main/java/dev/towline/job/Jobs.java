package dev.towline.job;

import dev.towline.paging.Connection;
import dev.towline.paging.PageRequest;
import dev.towline.problem.BadInput;
import dev.towline.problem.Conflict;
import dev.towline.problem.NotFound;
import dev.towline.problem.Require;
import dev.towline.problem.Unavailable;
import dev.towline.store.ClientTokens;
import dev.towline.store.ClientTokens.Call;
import dev.towline.store.ClientTokens.Creation;
import dev.towline.store.Index;
import dev.towline.store.IndexedList;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stored jobs. Blocking, thread-safe. */
@Component("backgroundJobs") // tracking has a bean named jobs
public final class Jobs {

    private static final Index<Job> BY_TENANT = new Index<>("byTenant", job -> "", Jobs::sort);

    /** How long a job is kept after its end. */
    private static final Duration RETENTION = Duration.ofDays(30);

    /** How long a job is kept that never ends, because no instance can run its kind. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** The table of jobs. */
    public static final Table<Job> TABLE =
            new Table<>("jobs", "job", false, new JobItems(), List.of(BY_TENANT), Jobs::forgottenAt);

    /** Who started a job that nobody asked for. */
    public static final String BY_ITSELF = "towline";

    /** Other jobs start and end at the same time. */
    private static final int QUEUE_ATTEMPTS = 20;

    private final Store store;
    private final ClientTokens tokens;
    private final JobSignal signal;
    private final JobSettings settings;
    private final InstantSource clock;

    Jobs(Store store, ClientTokens tokens, JobSignal signal, JobSettings settings, InstantSource clock) {
        this.store = store;
        this.tokens = tokens;
        this.signal = signal;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a new job is to do.
     *
     * @param kind the kind of job
     * @param input what {@link JobWork} gets to know
     * @param rowsTotal the number of rows, null if unknown
     */
    public record Task(JobKind kind, String input, @Nullable Integer rowsTotal) {}

    /**
     * Starts a job. If the client token was used before, returns the job of the first call instead.
     *
     * @param mutation the name of the mutation that starts it
     * @throws BadInput if the token was used with different input
     * @throws Conflict if the tenant has too many jobs that have not ended
     */
    public Job start(Viewer viewer, String mutation, @Nullable String clientToken, Task task) {
        Job job = tokens.once(
                Call.of(viewer, mutation, clientToken, task.kind, task.input),
                () -> creation(viewer, task),
                id -> require("input.clientToken", new JobKey(viewer.tenant(), id)));
        signal.raise();
        return job;
    }

    /**
     * Starts a job of the whole service, unless one of this kind waits or runs, or began so lately, however it ended. No limit of open jobs applies.
     *
     * @param atMostEvery how long after the beginning of the one before; zero for no matter
     * @return the new one, or the one before
     */
    public Job startForService(String startedBy, Task task, Duration atMostEvery) {
        Job job = store.retryingConflicts(() -> {
            JobQueue queue = queue();
            Job before = lastOfService(task.kind, queue);
            Instant now = clock.instant();
            if (before != null
                    && (!before.status().isEnd()
                            || before.createdAt().plus(atMostEvery).isAfter(now))) {
                return before;
            }
            Job next =
                    Job.queued(serviceKey(), task.kind, startedBy, task.input, JobProgress.none(task.rowsTotal), now);
            open(queue, next);
            return next;
        });
        signal.raise();
        return job;
    }

    /** The open job of the service of this kind, or else the last one, null if there was none. The list of ended ones may lag. */
    private @Nullable Job lastOfService(JobKind kind, @Nullable JobQueue queue) {
        Stream<JobKey> open = queue == null ? Stream.of() : queue.open().stream();
        return open.filter(key -> key.tenant().equals(Tenant.SERVICE))
                .<@Nullable Job>map(this::find)
                .filter(job ->
                        job != null && job.kind() == kind && !job.status().isEnd())
                .findFirst()
                .orElseGet(() ->
                        list(Tenant.SERVICE, new JobFilter(null, List.of(kind), null), page(1, null)).edges().stream()
                                .map(Connection.Edge::node)
                                .findFirst()
                                .orElse(null));
    }

    /** Stores a job of the whole service that this owner begins at once. No limit of open jobs applies. */
    Job begin(JobKind kind, String owner, @Nullable Integer rowsTotal) {
        return store.retryingConflicts(() -> {
            Job job = Job.begun(serviceKey(), kind, BY_ITSELF, JobProgress.none(rowsTotal), owner, clock.instant());
            open(queue(), job);
            return job;
        });
    }

    private static JobKey serviceKey() {
        return new JobKey(Tenant.SERVICE, UUID.randomUUID().toString());
    }

    private void open(@Nullable JobQueue queue, Job job) {
        store.write(List.of(new Write<>(TABLE, job), new Write<>(JobQueue.TABLE, JobQueue.with(queue, job.key()))));
    }

    private Creation<Job> creation(Viewer viewer, Task task) {
        Job job = Job.queued(
                new JobKey(viewer.tenant(), UUID.randomUUID().toString()),
                task.kind,
                viewer.subject(),
                task.input,
                JobProgress.none(task.rowsTotal),
                clock.instant());
        JobQueue queue = queue();
        requireRoom(queue, viewer.tenant());
        return new Creation<>(
                job, List.of(new Write<>(TABLE, job), new Write<>(JobQueue.TABLE, JobQueue.with(queue, job.key()))));
    }

    private void requireRoom(@Nullable JobQueue queue, Tenant tenant) {
        if (queue == null) {
            return;
        }
        long own =
                queue.open().stream().filter(job -> job.tenant().equals(tenant)).count();
        if (own >= settings.maxOpen()) {
            throw new Conflict(
                    "input", own + " jobs have not ended, and more are not allowed. Wait for one, or cancel one.");
        }
        if (queue.open().size() >= JobQueue.MOST) {
            throw new Unavailable("Too many jobs wait. Try again later.", null);
        }
    }

    /** Reads a job with strong consistency; null if it does not exist. */
    @Nullable
    Job find(JobKey key) {
        return store.getConsistently(TABLE, key);
    }

    /** The job of the tenant, or else of the service; null if there is none. */
    @Nullable
    Job find(Tenant tenant, String id) {
        Job own = find(new JobKey(tenant, id));
        return own == null ? find(new JobKey(Tenant.SERVICE, id)) : own;
    }

    private Job require(String argument, JobKey key) {
        Job job = find(key);
        if (job == null) {
            throw new NotFound(argument, "a job");
        }
        return job;
    }

    /** The request for a page of jobs with these arguments. */
    static PageRequest page(@Nullable Integer first, @Nullable String after) {
        return PageRequest.of("jobs", SortKey::isMomentAndUuid, first, after);
    }

    /** The jobs of the tenant that match, newest first. */
    Connection<Job> list(Tenant tenant, JobFilter filter, PageRequest page) {
        return new IndexedList<>(TABLE, BY_TENANT, tenant, List.of(""), id -> new JobKey(tenant, id), filter::matches)
                .page(store, page);
    }

    /** Cancels a job of the tenant or of the service. One that runs stops within seconds; one that has ended stays as it is. */
    Job cancel(Tenant tenant, String id) {
        String checked = Require.id("input.jobId", id);
        return store.retryingConflicts(() -> {
            Job job = find(tenant, checked);
            if (job == null) {
                throw new NotFound("input.jobId", "a job");
            }
            if (job.status().isEnd() || job.isCancelRequested()) {
                return job;
            }
            if (job.status() == JobStatus.RUNNING) {
                Job cancelling = job.cancelling();
                write(cancelling);
                return cancelling;
            }
            Job cancelled = job.ended(JobStatus.CANCELLED, job.state(), clock.instant());
            end(cancelled);
            return cancelled;
        });
    }

    /** The keys of all jobs that have not ended, oldest first. */
    List<JobKey> open() {
        JobQueue queue = queue();
        return queue == null ? List.of() : queue.open();
    }

    /** @throws WriteConflict if the stored job is not the one before */
    void write(Job job) {
        store.write(new Write<>(TABLE, job));
    }

    /**
     * Stores the last state of a job, which is then no more in the queue.
     *
     * @throws WriteConflict if the stored job is not the one before
     */
    void end(Job ended) {
        for (int attempt = 1; ; attempt++) {
            JobQueue queue = queue();
            Write<Job> last = new Write<>(TABLE, ended);
            try {
                if (queue == null || !queue.open().contains(ended.key())) {
                    store.write(last);
                } else {
                    store.write(last, new Write<>(JobQueue.TABLE, queue.without(ended.key())));
                }
                return;
            } catch (WriteConflict conflict) {
                if (conflict.keys().contains(ended.key()) || attempt >= QUEUE_ATTEMPTS) {
                    throw conflict;
                }
            }
        }
    }

    private @Nullable JobQueue queue() {
        return store.getConsistently(JobQueue.TABLE, JobQueue.KEY);
    }

    private static String sort(Job job) {
        return SortKey.of(job.createdAt(), job.id());
    }

    private static Instant forgottenAt(Job job) {
        Instant ended = job.endedAt();
        return ended == null ? job.createdAt().plus(LONGEST) : ended.plus(RETENTION);
    }
}
