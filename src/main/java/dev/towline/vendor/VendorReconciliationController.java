package dev.towline.vendor;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.job.Job;
import dev.towline.viewer.Viewer;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class VendorReconciliationController {

    private final VendorReconciliations reconciliations;
    private final AuditLog audit;

    VendorReconciliationController(VendorReconciliations reconciliations, AuditLog audit) {
        this.reconciliations = reconciliations;
        this.audit = audit;
    }

    @MutationMapping
    Job startVendorReconciliation(
            @Argument StartVendorReconciliationInput input, @ContextValue Viewer viewer, @ContextValue Actor actor) {
        Job job = reconciliations.start(viewer.subject(), input);
        audit.done(actor, "startVendorReconciliation", job.id(), "is " + job.status());
        return job;
    }
}
