package dev.towline.viewer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which roles may use the fields of {@code Query}, {@code Mutation} and {@code Subscription} of a feature at all. Implementations are
 * beans and thread-safe, and do not block. The roles are checked before the resolver and before its cache. What a role sees of the answer is
 * decided by {@link VisibilityRule}s. The service does not start if no bean knows a field.
 */
@FunctionalInterface
public interface FieldRoles {

    /**
     * The roles that may use a field; all others are FORBIDDEN.
     *
     * @param field such as {@code Query.getIncident}
     * @return null for a field of another feature
     */
    @Nullable
    Set<Role> of(String field);
}
