package dev.towline.histories.clock;

import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Lets a service read a clock that is ahead of or behind that of the machine. Only where the setting says so. */
@Component
@ConditionalOnProperty(OffsetClock.SETTING)
public final class OffsetClock implements BeanPostProcessor {

    /** The setting, an ISO 8601 duration. */
    public static final String SETTING = "towline-test.clock-offset";

    private final Environment environment;

    OffsetClock(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Clock clock
                ? Clock.offset(clock, Duration.parse(environment.getRequiredProperty(SETTING)))
                : bean;
    }
}
