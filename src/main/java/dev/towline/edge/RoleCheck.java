package dev.towline.edge;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.problem.Forbidden;
import dev.towline.resolver.DescribedFetcher;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Checks the role of the viewer before the resolver of a root field, and before its cache: a search that another viewer loads must not fail
 * because of this viewer's role. Thread-safe.
 */
final class RoleCheck implements SchemaDirectiveWiring {

    private static final String SUBSCRIPTION = "Subscription";
    private static final Set<String> ROOT_TYPES = Set.of("Query", "Mutation", SUBSCRIPTION);

    private final List<FieldRoles> features;
    private final AuditLog audit;

    RoleCheck(List<FieldRoles> features, AuditLog audit) {
        this.features = List.copyOf(features);
        this.audit = audit;
    }

    /** @throws IllegalStateException if no feature says who may use the field */
    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        String type = environment.getFieldsContainer().getName();
        if (!ROOT_TYPES.contains(type)) {
            return environment.getElement();
        }
        String name = environment.getElement().getName();
        Set<Role> roles = rolesOf(type + "." + name);
        return roles.equals(Role.ALL)
                ? environment.getElement()
                : environment.setFieldDataFetcher(
                        new Checked(environment.getFieldDataFetcher(), type, name, roles, audit));
    }

    private Set<Role> rolesOf(String field) {
        return features.stream()
                .map(feature -> feature.of(field))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "schema: " + field + ": no FieldRoles bean says which roles may use it"));
    }

    private static final class Checked extends DescribedFetcher {

        private final boolean isSubscription;
        private final Set<Role> roles;
        private final String field;
        private final String message;
        private final AuditLog audit;

        Checked(DataFetcher<?> resolver, String type, String field, Set<Role> roles, AuditLog audit) {
            super(resolver);
            this.isSubscription = type.equals(SUBSCRIPTION);
            this.roles = roles;
            this.field = field;
            this.audit = audit;
            this.message = "Only these roles may use `" + field + "`: "
                    + roles.stream().sorted().map(Role::name).collect(Collectors.joining(", ")) + ".";
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            Viewer viewer =
                    Objects.requireNonNull(environment.getGraphQlContext().get(Viewer.CONTEXT_KEY));
            if (roles.contains(viewer.role())) {
                return resolver().get(environment);
            }
            Forbidden refusal = new Forbidden(message);
            if (isSubscription) {
                // The resolver of exceptions writes down all other refusals, but does not learn of what a stream
                // refuses.
                audit.refused(
                        Objects.requireNonNull(environment.getGraphQlContext().get(Actor.CONTEXT_KEY)),
                        field,
                        refusal.code().name());
                // like all other failures of subscriptions, so that clients get the message `error`
                return Flux.error(refusal);
            }
            throw refusal;
        }
    }
}
