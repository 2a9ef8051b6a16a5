package dev.towline.dynamo;

import dev.towline.store.ChangeFeed;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Beans for DAX, if {@code towline.dax.urls} is set. */
@Configuration(proxyBeanMethods = false)
@Conditional(DaxConfiguration.HasSeed.class)
class DaxConfiguration {

    private static final Duration CREDENTIALS_REFRESH = Duration.ofSeconds(30);

    static final class HasSeed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Binder.get(context.getEnvironment())
                    .bind("towline.dax.urls", Bindable.listOf(URI.class))
                    .map(urls -> !urls.isEmpty())
                    .orElse(false);
        }
    }

    @Bean
    RefreshedCredentials daxCredentials(DynamoSettings settings) {
        return new RefreshedCredentials(Clients.credentials(settings), CREDENTIALS_REFRESH);
    }

    @Bean
    DaxCluster daxCluster(
            DynamoSettings dynamo,
            DaxSettings dax,
            RefreshedCredentials credentials,
            ObjectProvider<Table<?>> tables,
            ObservationRegistry observations,
            MeterRegistry meters) {
        dax.checkRetention(dynamo);
        DaxCluster cluster = new DaxCluster(
                dax,
                new TableNames(dynamo.tablePrefix()),
                tables.orderedStream().toList(),
                seed -> Clients.dax(dynamo, dax, credentials, seed),
                new Calls(observations, meters));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(cluster.breakers()).bindTo(meters);
        return cluster;
    }

    @Bean
    DaxPath daxPath(DaxCluster cluster, DaxSettings settings, VersionFloors floors, ChangeFeed feed) {
        return new DaxPath(cluster, settings.lag(), floors, feed);
    }
}
