package dev.towline.edge.trace;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;

@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    /** Wraps the sampler of Boot, or one of the operator. Records no trace if there is no exporter. */
    @Bean
    static BeanPostProcessor earlySampler(ObjectProvider<SpanExporters> exporters) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof Sampler sampler)) {
                    return bean;
                }
                SpanExporters receivers = exporters.getIfAvailable();
                return new EarlySampler(
                        receivers == null || receivers.list().isEmpty() ? Sampler.alwaysOff() : sampler);
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
