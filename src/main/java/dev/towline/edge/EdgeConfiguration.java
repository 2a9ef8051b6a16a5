package dev.towline.edge;

import dev.towline.audit.AuditLog;
import dev.towline.edge.rate.FixRates;
import dev.towline.edge.scalar.DateTimeScalar;
import dev.towline.edge.scalar.FloatScalar;
import dev.towline.edge.scalar.IdScalar;
import dev.towline.edge.scalar.JsonScalar;
import dev.towline.edge.subscription.SubscriptionItems;
import dev.towline.rate.Rates;
import dev.towline.resolver.Cancellation;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.VisibilityRule;
import graphql.execution.instrumentation.Instrumentation;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    @Bean
    RuntimeWiringConfigurer scalars() {
        return wiring -> wiring.scalar(DateTimeScalar.TYPE)
                .scalar(JsonScalar.TYPE)
                // Replace the built-in ones.
                .strictMode(false)
                .scalar(FloatScalar.TYPE)
                .scalar(IdScalar.TYPE)
                .strictMode(true);
    }

    @Bean
    RetryTimes retryTimes(DrainSettings settings) {
        return new RetryTimes(new Random(), settings.retrySpread());
    }

    /**
     * Wires visibility after everything else, so that it wraps all other fetchers: no value of a resolver or a cache bypasses it. The check of
     * roles comes around that.
     */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    RuntimeWiringConfigurer visibility(
            List<VisibilityRule<?>> rules, List<FieldRoles> roles, AuditLog audit, Rates rates) {
        return wiring -> wiring.directiveWiring(new DataLoaderClearing())
                .directiveWiring(new InterruptibleReads())
                .directiveWiring(new Visibility(rules))
                .directiveWiring(new FixRates(rates))
                .directiveWiring(new RoleCheck(roles, audit));
    }

    /** Lets the blocking methods of controllers be interrupted. It must exist before the controllers are found, hence static. */
    @Bean
    static BeanPostProcessor interruptibleControllers(
            @Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)
                    ObjectProvider<Executor> executors) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof AnnotatedControllerConfigurer controllers) {
                    executors.ifAvailable(threads -> controllers.setExecutor(Cancellation.interrupting(threads)));
                }
                return bean;
            }
        };
    }

    @Bean
    GraphQlSourceBuilderCustomizer engine(
            DocumentCache documents,
            List<DataFetcherExceptionResolver> failures,
            List<Instrumentation> instrumentations,
            JsonMapper json,
            MeterRegistry meters) {
        return source -> source.typeVisitors(List.of(new IntrospectionFields()))
                .configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(documents)
                        .instrumentation(new OperationChain(instrumentations))
                        .subscriptionExecutionStrategy(new SubscriptionItems(
                                DataFetcherExceptionResolver.createExceptionHandler(failures), json, meters)));
    }
}
