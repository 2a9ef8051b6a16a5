package dev.towline.tracking;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.incident.Incident;
import dev.towline.viewer.Viewer;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** The mutations of jobs and the intake of locations. */
@Controller
class JobController {

    /** The result in the audit log. */
    private static final String CANCELLED = "cancelled";

    private final Jobs jobs;
    private final Intake intake;
    private final AuditLog audit;

    JobController(Jobs jobs, Intake intake, AuditLog audit) {
        this.jobs = jobs;
        this.intake = intake;
        this.audit = audit;
    }

    @MutationMapping
    TrackingSession startTrackingSession(@Argument StartTrackingSessionInput input, @ContextValue Viewer viewer) {
        return jobs.start(viewer, input);
    }

    @MutationMapping
    TrackingSession updateSessionStatus(
            @Argument UpdateSessionStatusInput input, @ContextValue Viewer viewer, @ContextValue Actor actor) {
        TrackingSession session = jobs.advance(viewer, input);
        if (input.status() == SessionStatus.CANCELLED) {
            audit.done(actor, "updateSessionStatus", session.id(), CANCELLED);
        }
        return session;
    }

    @MutationMapping
    Incident cancelIncident(
            @Argument CancelIncidentInput input, @ContextValue Viewer viewer, @ContextValue Actor actor) {
        Incident cancelled = jobs.cancel(viewer, input);
        audit.done(actor, "cancelIncident", cancelled.id(), CANCELLED);
        return cancelled;
    }

    @MutationMapping
    LocationResult updateLocation(@Argument UpdateLocationInput input, @ContextValue Viewer viewer) {
        return intake.take(viewer, input.sessionId(), List.of(input.location())).getFirst();
    }

    @MutationMapping
    List<LocationResult> updateLocations(@Argument UpdateLocationsInput input, @ContextValue Viewer viewer) {
        return intake.take(viewer, input.sessionId(), input.locations());
    }
}
