package dev.towline.edge.trace;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;

@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    /** Records no trace if nobody receives it: a recorded request costs half as much again, and its spans would be thrown away. */
    @Bean
    SdkTracerProviderBuilderCustomizer recordForExportersOnly(SpanExporters exporters) {
        return (SdkTracerProviderBuilder tracing) -> {
            if (exporters.list().isEmpty()) {
                tracing.setSampler(Sampler.alwaysOff());
            }
        };
    }

    /** Replaces Boot's, which observes each resolver. */
    @Bean
    GraphQlObservationInstrumentation operationObservations(ObservationRegistry observations) {
        return new SampledFetchers(observations);
    }

    /** Replaces Boot's, which has no way to choose how the context of a request reaches resolvers. */
    @Bean
    WebGraphQlHandler webGraphQlHandler(
            ExecutionGraphQlService service,
            ObjectProvider<WebGraphQlInterceptor> interceptors,
            ObservationRegistry observations) {
        return WebGraphQlHandler.builder(service)
                .interceptors(interceptors.orderedStream().toList())
                .contextSnapshotFactory(new RequestContext(observations))
                .build();
    }
}
