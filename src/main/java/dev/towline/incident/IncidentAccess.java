package dev.towline.incident;

import dev.towline.problem.NotFound;
import dev.towline.viewer.Disclosure;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may see and change which incidents. Thread-safe, does not block. */
@Component
final class IncidentAccess implements VisibilityRule<Incident>, FieldRoles {

    private static final Map<String, Set<Role>> ROLES = Map.of(
            "Query.getIncident", Role.ALL,
            "Query.listIncidents", Set.of(Role.OPERATOR, Role.DISPATCHER, Role.VENDOR, Role.CALLER),
            "Mutation.createIncident", Set.of(Role.OPERATOR, Role.DISPATCHER, Role.CALLER));

    private final InstantSource clock;

    IncidentAccess(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable Set<Role> of(String field) {
        return ROLES.get(field);
    }

    @Override
    public Class<Incident> type() {
        return Incident.class;
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    /** A vendor and a guest see an incident only within their session. */
    @Override
    public @Nullable Incident visible(Incident incident, Viewer viewer) {
        return seen(incident, viewer, Duration.ZERO);
    }

    /** A caller loses sight of it an hour after its end, and a little later where it is part of something else. */
    @Override
    public Instant sameUntil(Incident incident, Viewer viewer) {
        return viewer.role() == Role.CALLER && incident.status().isEnd()
                ? Incidents.nextEnd(incident.updatedAt().plus(Incidents.SEEN_BY_CALLER_AFTER_END), clock.instant())
                : Instant.MAX;
    }

    /** Who repeats the call that created it must get it, however long ago it ended. */
    @Override
    public @Nullable Incident visibleAsResult(Incident incident, Viewer viewer) {
        return isReportedBy(incident, viewer) ? incident : visible(incident, viewer);
    }

    /**
     * The description may say who is helpless where, and is no business of guests. A vendor needs it, and the position, only during its job. {@link
     * IncidentPosition} hides the position.
     */
    @Override
    public @Nullable Incident visibleWithin(Object parent, Incident incident, Viewer viewer) {
        Incident seen = seen(incident, viewer, Incidents.SLACK);
        if (seen != null
                || !(parent instanceof Disclosure disclosure
                        && disclosure.shows(incident.key().entity(), incident.id(), incident.version()))) {
            return seen;
        }
        if (viewer.role() == Role.VENDOR) {
            return disclosure.belongsToActiveSession() ? incident : incident.outsideItsJob();
        }
        return isReportedBy(incident, viewer) ? incident : incident.withoutDescription();
    }

    /**
     * The incident, if the viewer may see it.
     *
     * @param argument the path of the argument with its id
     * @throws NotFound if it does not exist for this viewer
     */
    Incident require(String argument, @Nullable Incident incident, Viewer viewer) {
        if (incident == null || visible(incident, viewer) == null) {
            throw new NotFound(argument, "an incident");
        }
        return incident;
    }

    private @Nullable Incident seen(Incident incident, Viewer viewer, Duration slack) {
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER -> incident;
            case CALLER -> isReportedBy(incident, viewer) && isRecent(incident, slack) ? incident : null;
            case VENDOR, GUEST -> null;
        };
    }

    private static boolean isReportedBy(Incident incident, Viewer viewer) {
        return viewer.role() == Role.CALLER && incident.createdBy().equals(viewer.subject());
    }

    private boolean isRecent(Incident incident, Duration slack) {
        return !incident.status().isEnd()
                || clock.instant()
                        .isBefore(incident.updatedAt()
                                .plus(Incidents.SEEN_BY_CALLER_AFTER_END)
                                .plus(slack));
    }
}
