package dev.towline.job;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.paging.Connection;
import dev.towline.problem.Require;
import dev.towline.viewer.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Shows and cancels jobs. The feature of a kind of job starts it. */
@Controller("backgroundJobController") // tracking has a bean named jobController
class JobController {

    private final Jobs jobs;
    private final AuditLog audit;

    JobController(Jobs jobs, AuditLog audit) {
        this.jobs = jobs;
        this.audit = audit;
    }

    /** Reads consistently, because whoever watches a job asks often and for nothing else. */
    @QueryMapping
    @Nullable
    Job getJob(@Argument String id, @ContextValue Viewer viewer) {
        return jobs.find(viewer.tenant(), Require.id("id", id));
    }

    @QueryMapping
    Connection<Job> listJobs(
            @Argument @Nullable JobFilter filter,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @ContextValue Viewer viewer) {
        JobFilter matching = filter == null ? JobFilter.ANY : filter;
        return jobs.list(matching.tenant(viewer.tenant()), matching, Jobs.page(first, after));
    }

    @MutationMapping
    Job cancelJob(@Argument CancelJobInput input, @ContextValue Viewer viewer, @ContextValue Actor actor) {
        Job job = jobs.cancel(viewer.tenant(), input.jobId());
        audit.done(actor, "cancelJob", job.id(), job.kind() + " is " + job.status());
        return job;
    }
}
