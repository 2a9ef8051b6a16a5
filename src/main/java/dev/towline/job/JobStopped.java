package dev.towline.job;

/** The work on a job must stop here, although it is not done. {@link JobWork} lets it pass. */
public final class JobStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why the work stops. */
    enum Reason {
        /** Somebody cancelled the job. */
        CANCELLED,
        /** This instance stops. */
        SHUTDOWN,
        /** Another instance has the job by now, or may have it. */
        LOST
    }

    JobStopped(Reason reason) {
        super("the work on the job stops: " + reason, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
