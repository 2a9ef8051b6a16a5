package dev.towline.edge.answer;

import dev.towline.cache.answer.Question;
import dev.towline.edge.trace.EarlySampler;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionContextBuilder;
import graphql.execution.ExecutionId;
import graphql.language.OperationDefinition;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.graphql.observation.DefaultExecutionRequestObservationConvention;
import org.springframework.graphql.observation.ExecutionRequestObservationContext;
import org.springframework.graphql.observation.GraphQlObservationDocumentation;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/** Counts and traces queries that are answered from memory by the names and tags that Spring has for those that are executed. Thread-safe. */
@Component
final class HitObservation {

    private static final DefaultExecutionRequestObservationConvention GRAPHQL =
            new DefaultExecutionRequestObservationConvention();
    private static final ExecutionResult WITHOUT_ERRORS =
            ExecutionResult.newExecutionResult().build();

    /** Only queries are remembered. The convention reads the type of the operation from here. */
    private static final ExecutionContext QUERY = ExecutionContextBuilder.newExecutionContextBuilder()
            .executionId(ExecutionId.generate())
            .operationDefinition(OperationDefinition.newOperationDefinition()
                    .operation(OperationDefinition.Operation.QUERY)
                    .build())
            .build();

    private final String path;
    private final DefaultServerRequestObservationConvention http;
    private final ObservationRegistry observations;
    private final MeterRegistry meters;
    private final @Nullable EarlySampler sampler;
    private final Map<String, Timers> timers = new ConcurrentHashMap<>();

    HitObservation(
            GraphQlProperties graphQl,
            ObservationProperties properties,
            ObservationRegistry observations,
            MeterRegistry meters,
            ObjectProvider<Sampler> sampler) {
        this.path = graphQl.getHttp().getPath();
        this.http = new DefaultServerRequestObservationConvention(
                properties.getHttp().getServer().getRequests().getName());
        this.observations = observations;
        this.meters = meters;
        this.sampler = sampler.getIfAvailable() instanceof EarlySampler early ? early : null;
    }

    /** The timers of the requests of one method, by the names and tags that their observations would have. */
    private record Timers(Timer request, Timer operation) {}

    /** A request whose answer is looked up. */
    @FunctionalInterface
    interface Started {

        /** Records that it was answered. Not to be called for a request that goes on to the filters, which observe it. */
        void stop(Question question);
    }

    /** Begins to observe a request that no filter has observed. There are spans only if its trace is to be recorded. */
    Started start(HttpServletRequest request, HttpServletResponse response) {
        if (sampler != null && sampler.decide(request.getHeader("traceparent"))) {
            Observation observation =
                    EarlySampler.startSampled(() -> ServerHttpObservationDocumentation.HTTP_SERVLET_SERVER_REQUESTS
                            .observation(null, http, () -> context(request, response), observations)
                            .start());
            return question -> {
                observation.scoped(() -> record(question));
                observation.stop();
            };
        }
        Timer.Sample sample = Timer.start(meters);
        return question -> {
            Timers both = timers.computeIfAbsent(
                    request.getMethod(), _ -> timers(context(request, response), context(question)));
            sample.stop(both.request);
            // As an operation it took no time: nothing was executed. Those that are observed count for next to nothing,
            // too.
            both.operation.record(Duration.ZERO);
        };
    }

    /** Records an operation of a request that is observed. */
    void record(Question question) {
        GraphQlObservationDocumentation.EXECUTION_REQUEST
                .observation(null, GRAPHQL, () -> context(question), observations)
                .start()
                .stop();
    }

    private Timers timers(ServerRequestObservationContext request, ExecutionRequestObservationContext operation) {
        return new Timers(
                meters.timer(http.getName(), tags(http.getLowCardinalityKeyValues(request))),
                meters.timer(GRAPHQL.getName(), tags(GRAPHQL.getLowCardinalityKeyValues(operation))));
    }

    /** The tags that Micrometer makes from an observation without an error. */
    private static Tags tags(KeyValues values) {
        return Tags.of(values.stream()
                        .map(value -> Tag.of(value.getKey(), value.getValue()))
                        .toList())
                .and("error", KeyValue.NONE_VALUE);
    }

    private ServerRequestObservationContext context(HttpServletRequest request, HttpServletResponse response) {
        ServerRequestObservationContext context = new ServerRequestObservationContext(request, response);
        context.setPathPattern(path);
        return context;
    }

    private static ExecutionRequestObservationContext context(Question question) {
        ExecutionRequestObservationContext context =
                new ExecutionRequestObservationContext(ExecutionInput.newExecutionInput(question.document())
                        .operationName(question.operation())
                        .executionId(ExecutionId.generate())
                        .build());
        context.setExecutionContext(QUERY);
        context.setExecutionResult(WITHOUT_ERRORS);
        return context;
    }
}
