package dev.towline.edge.trace;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;

@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

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
