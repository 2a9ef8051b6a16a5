package dev.towline.job;

import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;

/** The storage format of a job. */
final class JobItems implements ItemCodec<Job> {

    private static final String YES = "yes";

    @Override
    public void write(Job job, ItemWriter item) {
        JobProgress state = job.state();
        item.constant("kind", job.kind())
                .constant("status", job.status())
                .string("startedBy", job.startedBy())
                .string("input", job.input())
                .integer("rowsDone", state.rowsDone())
                .integer("rowsTotal", state.rowsTotal())
                .integer("rowsChanged", state.rowsChanged())
                .integer("errorCount", state.errorCount())
                .list(
                        "errors",
                        state.errors(),
                        (error, each) -> each.integer("line", error.line()).string("reason", error.reason()))
                .strings("warnings", state.warnings())
                .string("owner", job.owner())
                .string("cancelRequested", job.isCancelRequested() ? YES : null)
                .integer("takes", job.takes())
                .instant("createdAt", job.createdAt())
                .instant("startedAt", job.startedAt())
                .instant("endedAt", job.endedAt());
    }

    @Override
    public Job read(ItemReader item) {
        JobProgress state = new JobProgress(
                item.integer("rowsDone"),
                item.optionalInteger("rowsTotal"),
                item.integer("rowsChanged"),
                item.integer("errorCount"),
                item.list("errors", each -> new JobError(each.optionalInteger("line"), each.string("reason"))),
                item.strings("warnings"));
        return new Job(
                new JobKey(item.tenant(), item.id()),
                item.revision(),
                item.constant("kind", JobKind.class),
                item.constant("status", JobStatus.class),
                item.string("startedBy"),
                item.string("input"),
                state,
                item.optionalString("owner"),
                item.optionalString("cancelRequested") != null,
                item.integer("takes"),
                item.instant("createdAt"),
                item.optionalInstant("startedAt"),
                item.optionalInstant("endedAt"));
    }
}
