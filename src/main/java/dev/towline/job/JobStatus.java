package dev.towline.job;

/** The status of a job. */
public enum JobStatus {
    /** No instance has it. */
    QUEUED,
    /** An instance works on it, or did until a moment ago. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether the job does not change any more. */
    public boolean isEnd() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }
}
