package dev.towline.job;

import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Jobs are for operators only. Thread-safe, does not block. */
@Component
final class JobAccess implements VisibilityRule<Job>, FieldRoles {

    private static final Set<Role> OPERATORS = Set.of(Role.OPERATOR);

    private static final Map<String, Set<Role>> ROLES = Map.of(
            "Query.getJob", OPERATORS,
            "Query.listJobs", OPERATORS,
            "Mutation.cancelJob", OPERATORS);

    @Override
    public @Nullable Set<Role> of(String field) {
        return ROLES.get(field);
    }

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public @Nullable Job visible(Job job, Viewer viewer) {
        return OPERATORS.contains(viewer.role()) ? job : null;
    }
}
