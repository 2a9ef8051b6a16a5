package dev.towline.edge.error;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.problem.Forbidden;
import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.SubscriptionExceptionResolver;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Converts the exceptions of resolvers and streams to GraphQL errors. The audit log has those about the role of the viewer. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemResolver implements DataFetcherExceptionResolver, SubscriptionExceptionResolver {

    private final AuditLog audit;

    ProblemResolver(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable failure, DataFetchingEnvironment environment) {
        Actor actor = environment.getGraphQlContext().get(Actor.CONTEXT_KEY);
        if (actor != null && ProblemErrors.unwrapped(failure) instanceof Forbidden forbidden) {
            audit.refused(
                    actor, environment.getField().getName(), forbidden.code().name());
        }
        return Mono.just(List.of(ProblemErrors.of(failure, environment)));
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable failure) {
        return Mono.just(List.of(ProblemErrors.of(failure, null)));
    }
}
