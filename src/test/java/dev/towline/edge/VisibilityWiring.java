package dev.towline.edge;

import dev.towline.audit.AuditLog;
import dev.towline.rate.Rates;
import dev.towline.rate.TestRates;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import dev.towline.viewer.VisibilityRule;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** Wires fields in the order of the service, for tests of other packages. */
public final class VisibilityWiring {

    private VisibilityWiring() {}

    /**
     * The wiring of this package and another one, in order.
     *
     * @param rules further rules besides the rule for tenants
     */
    public static List<RuntimeWiringConfigurer> with(RuntimeWiringConfigurer other, List<VisibilityRule<?>> rules) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
            context.register(EdgeConfiguration.class, Class.forName("dev.towline.store.OwnTenantOnly"));
            context.registerBean("roles", FieldRoles.class, () -> field -> Role.ALL);
            context.registerBean(AuditLog.class, InstantSource.system());
            context.registerBean("rates", Rates.class, () -> TestRates.local(TestRates.settings(Map.of())));
            context.registerBean("other", RuntimeWiringConfigurer.class, () -> other);
            for (VisibilityRule<?> rule : rules) {
                context.registerBean(rule.getClass().getName(), VisibilityRule.class, () -> rule);
            }
            context.refresh();
            ObjectProvider<RuntimeWiringConfigurer> wirings = context.getBeanProvider(RuntimeWiringConfigurer.class);
            return wirings.orderedStream().toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
