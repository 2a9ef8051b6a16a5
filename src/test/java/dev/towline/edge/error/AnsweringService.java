package dev.towline.edge.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.audit.AuditLog;
import dev.towline.edge.subscription.SubscriptionItems;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A GraphQL service with a schema of its own, without a transport, that reports errors like Towline. */
public final class AnsweringService {

    private final WebGraphQlHandler handler;

    /** @param inner the interceptors between the error handling and the execution */
    public AnsweringService(String schema, RuntimeWiringConfigurer wiring, WebGraphQlInterceptor... inner) {
        var problems = new ProblemResolver(new AuditLog(InstantSource.fixed(Instant.EPOCH)));
        GraphQlSource source = GraphQlSource.schemaResourceBuilder()
                .schemaResources(new ByteArrayResource(schema.getBytes(UTF_8)))
                .exceptionResolvers(List.of(problems))
                .subscriptionExceptionResolvers(List.of(problems))
                .configureRuntimeWiring(wiring)
                .configureGraphQl(graphQl -> graphQl.subscriptionExecutionStrategy(new SubscriptionItems(
                        DataFetcherExceptionResolver.createExceptionHandler(List.of(problems)),
                        JsonMapper.shared(),
                        new SimpleMeterRegistry())))
                .build();
        handler = WebGraphQlHandler.builder(new DefaultExecutionGraphQlService(source))
                .interceptor(new ErrorAnswers(
                        new Correlations(new StaticListableBeanFactory().getBeanProvider(Tracer.class)),
                        new Faults(source),
                        new FailureLog(InstantSource.fixed(Instant.EPOCH)),
                        new LimitMetrics(new SimpleMeterRegistry())))
                .interceptor(inner)
                .build();
    }

    public ExecutionResult answer(String query) {
        return answer(query, Locale.ENGLISH);
    }

    public ExecutionResult answer(String query, Locale locale) {
        return response(query, Map.of(), locale).getExecutionResult();
    }

    /** The items of a subscription that ends without an error. */
    public List<ExecutionResult> items(String query, Map<String, @Nullable Object> variables) {
        return Objects.requireNonNull(stream(query, variables).collectList().block());
    }

    /** The extensions of the error that ends a subscription. */
    public Map<String, Object> end(String query) {
        Throwable end = stream(query, Map.of())
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .block();
        assertThat(end).isInstanceOf(SubscriptionPublisherException.class);
        return extensions(((SubscriptionPublisherException) Objects.requireNonNull(end))
                .getErrors()
                .getFirst());
    }

    public static GraphQLError onlyError(ExecutionResult result) {
        assertThat(result.getErrors()).hasSize(1);
        return result.getErrors().getFirst();
    }

    public static Map<String, Object> extensions(GraphQLError error) {
        return Objects.requireNonNull(error.getExtensions());
    }

    private Flux<ExecutionResult> stream(String query, Map<String, @Nullable Object> variables) {
        WebGraphQlResponse response = response(query, variables, Locale.ENGLISH);
        return Flux.from(Objects.requireNonNull(response.<Publisher<ExecutionResult>>getData()));
    }

    private WebGraphQlResponse response(String query, Map<String, @Nullable Object> variables, Locale locale) {
        WebGraphQlRequest request = new WebGraphQlRequest(
                URI.create("http://localhost/graphql"),
                new HttpHeaders(),
                null,
                null,
                Map.of(),
                new DefaultGraphQlRequest(query, null, variables, null),
                "1",
                locale);
        Viewer viewer = new Viewer(Role.DISPATCHER, "somebody", new Tenant("somewhere"));
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(Viewer.CONTEXT_KEY, viewer)).build());
        return Objects.requireNonNull(handler.handleRequest(request).block());
    }
}
