package dev.towline.job;

import org.jspecify.annotations.Nullable;

/** A job cannot be done. Whoever started it learns why. */
public final class JobFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient JobError error;

    /**
     * @param line the number of the line at fault, null if no line is
     * @param reason why the job fails
     */
    public JobFailed(@Nullable Integer line, String reason) {
        super(reason, null, false, false);
        this.error = new JobError(line, reason);
    }

    JobError error() {
        return error;
    }
}
