package dev.towline.demo;

import java.time.InstantSource;
import org.springframework.beans.factory.support.GenericBeanDefinition;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Gives a service that is about to start a demo fleet, unless {@code towline.demo.enabled} is false. */
public final class DemoRun implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        DemoSettings settings = DemoSettings.of(context.getEnvironment());
        if (!settings.enabled()) {
            return;
        }
        GenericBeanDefinition fleet = new GenericBeanDefinition();
        fleet.setBeanClass(DemoFleet.class);
        fleet.setInstanceSupplier(
                () -> new DemoFleet(context.getEnvironment(), context.getBean(InstantSource.class), settings));
        context.registerBeanDefinition(DemoFleet.class.getName(), fleet);
    }
}
