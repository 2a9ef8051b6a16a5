package dev.towline.edge.error;

import graphql.GraphQLError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Counts what is refused because of a limit, on all transports. Rates and open streams have counters of their own. Thread-safe. */
@Component
public final class LimitMetrics {

    /** The names of the limits, as clients see them. */
    static final List<String> LIMITS = List.of(
            "bodyBytes",
            "bodyTimeout",
            "uploadBytes",
            "uploadRows",
            "uploadTimeout",
            "connectionTimeout",
            "headerBytes",
            "headers",
            "batch",
            "documentCharacters",
            "variableBytes",
            "variableDepth",
            "tokens",
            "syntaxDepth",
            "fragments",
            "depth",
            "breadth",
            "fields",
            "aliases",
            "repeatedFields",
            "directives",
            "introspection",
            "cost",
            "subscriptionCost",
            "operationTimeout",
            "messageBytes",
            "messageTimeout",
            "initTimeout",
            "socketOperations",
            "socketMessagesPerSecond");

    private final Map<String, Counter> refused;

    /** Registers all counters. */
    public LimitMetrics(MeterRegistry meters) {
        this.refused = LIMITS.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        limit -> Counter.builder("towline.limits.refused")
                                .description("requests, messages and connections that were refused because of a limit")
                                .tag("limit", limit)
                                .register(meters)));
    }

    /** Counts the limits that these errors name. */
    public void count(List<GraphQLError> errors) {
        errors.stream()
                .map(GraphQLError::getExtensions)
                .flatMap(extensions -> extensions == null ? Stream.empty() : Stream.ofNullable(extensions.get("limit")))
                .forEach(limit -> count(String.valueOf(limit)));
    }

    /** Counts one refusal, unless the limit has a counter of its own. */
    public void count(String limit) {
        Counter counter = refused.get(limit);
        if (counter != null) {
            counter.increment();
        }
    }
}
