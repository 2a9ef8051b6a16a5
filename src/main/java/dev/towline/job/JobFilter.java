package dev.towline.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filter of {@code listJobs}. */
record JobFilter(@Nullable List<JobKind> kinds, @Nullable List<JobStatus> statuses) {

    static final JobFilter ANY = new JobFilter(null, null);

    boolean matches(Job job) {
        return (kinds == null || kinds.contains(job.kind())) && (statuses == null || statuses.contains(job.status()));
    }
}
