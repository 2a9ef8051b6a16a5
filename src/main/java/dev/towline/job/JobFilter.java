package dev.towline.job;

import dev.towline.viewer.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filter of {@code listJobs}. */
record JobFilter(
        @Nullable JobScope scope,
        @Nullable List<JobKind> kinds,
        @Nullable List<JobStatus> statuses) {

    static final JobFilter ANY = new JobFilter(null, null, null);

    /** The tenant whose jobs a viewer of that tenant wants. */
    Tenant tenant(Tenant viewers) {
        return scope == null ? viewers : scope.of(viewers);
    }

    boolean matches(Job job) {
        return (kinds == null || kinds.contains(job.kind())) && (statuses == null || statuses.contains(job.status()));
    }
}
