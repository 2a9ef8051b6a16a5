package dev.towline.job;

import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job. While it is RUNNING, its owner writes it again and again, so its version shows that the owner lives, and fences off an owner that
 * lost it: a write with an old version fails.
 *
 * @param key the key
 * @param revision the version and the last write ids
 * @param kind what it does
 * @param status its status
 * @param startedBy the subject of the viewer who started it
 * @param input what the kind of job needs to know, in a form of its own
 * @param state how far it has come
 * @param owner the instance that works on it, null for none
 * @param isCancelRequested whether the owner is to stop
 * @param takes how often an instance took it since its last progress
 * @param createdAt the time at which it was asked for
 * @param startedAt the time at which an instance took it first, null before
 * @param endedAt the time of its end, null before
 */
public record Job(
        JobKey key,
        Revision revision,
        JobKind kind,
        JobStatus status,
        String startedBy,
        String input,
        JobProgress state,
        @Nullable String owner,
        boolean isCancelRequested,
        int takes,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt)
        implements Entity {

    /** A job that waits for an instance. */
    static Job queued(JobKey key, JobKind kind, String startedBy, String input, JobProgress state, Instant now) {
        return new Job(
                key,
                Revision.first(),
                kind,
                JobStatus.QUEUED,
                startedBy,
                input,
                state,
                null,
                false,
                0,
                now,
                null,
                null);
    }

    /** A job that begins at once, on this instance. */
    static Job begun(JobKey key, JobKind kind, String startedBy, JobProgress state, String owner, Instant now) {
        return new Job(
                key, Revision.first(), kind, JobStatus.RUNNING, startedBy, "", state, owner, false, 1, now, now, null);
    }

    /** The id, unique within the tenant. */
    public String id() {
        return key.id();
    }

    // Overridden because graphql-java finds only methods that the record declares.
    @Override
    public int version() {
        return revision.version();
    }

    @Override
    public boolean isFinal() {
        return status.isEnd();
    }

    /** The done part of the work, 0 to 1; 1 only after a success. */
    public double progress() {
        return status == JobStatus.SUCCEEDED ? 1 : state.part();
    }

    public int rowsDone() {
        return state.rowsDone();
    }

    public @Nullable Integer rowsTotal() {
        return state.rowsTotal();
    }

    public int rowsChanged() {
        return state.rowsChanged();
    }

    public int errorCount() {
        return state.errorCount();
    }

    public List<JobError> errors() {
        return state.errors();
    }

    public List<String> warnings() {
        return state.warnings();
    }

    /** The next state, owned by this instance. */
    Job taken(String newOwner, Instant now) {
        return next(
                JobStatus.RUNNING,
                state,
                newOwner,
                isCancelRequested,
                takes + 1,
                startedAt == null ? now : startedAt,
                null);
    }

    /** The next state, which says that the owner lives. */
    Job beating() {
        return next(status, state, owner, isCancelRequested, takes, startedAt, endedAt);
    }

    /** The next state with this progress. */
    Job advanced(JobProgress newState) {
        return next(status, newState, owner, isCancelRequested, 1, startedAt, endedAt);
    }

    /** The next state, without an owner. It does not count as taken, because the owner gives it up on purpose. */
    Job released() {
        return next(JobStatus.QUEUED, state, null, isCancelRequested, Math.max(0, takes - 1), startedAt, null);
    }

    /** The next state, which asks the owner to stop. */
    Job cancelling() {
        return next(status, state, owner, true, takes, startedAt, endedAt);
    }

    /** The last state. */
    Job ended(JobStatus end, JobProgress lastState, Instant now) {
        return next(end, lastState, null, isCancelRequested, takes, startedAt, now);
    }

    private Job next(
            JobStatus newStatus,
            JobProgress newState,
            @Nullable String newOwner,
            boolean cancel,
            int newTakes,
            @Nullable Instant started,
            @Nullable Instant ended) {
        return new Job(
                key,
                revision.next(),
                kind,
                newStatus,
                startedBy,
                input,
                newState,
                newOwner,
                cancel,
                newTakes,
                createdAt,
                started,
                ended);
    }
}
