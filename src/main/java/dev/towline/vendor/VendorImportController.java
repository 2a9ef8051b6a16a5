package dev.towline.vendor;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.job.Job;
import dev.towline.job.JobKind;
import dev.towline.job.Jobs;
import dev.towline.upload.Upload;
import dev.towline.upload.Uploads;
import dev.towline.viewer.Viewer;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class VendorImportController {

    private final Uploads uploads;
    private final Jobs jobs;
    private final AuditLog audit;

    VendorImportController(Uploads uploads, Jobs jobs, AuditLog audit) {
        this.uploads = uploads;
        this.jobs = jobs;
        this.audit = audit;
    }

    @MutationMapping
    Job startVendorImport(
            @Argument StartVendorImportInput input, @ContextValue Viewer viewer, @ContextValue Actor actor) {
        Upload upload = uploads.require("input.uploadId", viewer.tenant(), input.uploadId());
        Job job = jobs.start(
                viewer,
                "startVendorImport",
                input.clientToken(),
                new Jobs.Task(JobKind.VENDOR_IMPORT, upload.id(), upload.rows()));
        audit.done(actor, "startVendorImport", job.id(), "upload " + upload.id());
        return job;
    }
}
