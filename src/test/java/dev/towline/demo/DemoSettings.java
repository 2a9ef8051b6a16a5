package dev.towline.demo;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * What {@code towline.demo} says about the demo fleet of a run on the embedded stack.
 *
 * @param enabled whether there is one
 * @param seed what it draws its chances from: the same seed, the same course
 * @param vehicles how many are on a job at once, 1 to 20
 */
record DemoSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1") long seed,
        @DefaultValue("9") int vehicles) {

    private static final String PREFIX = "towline.demo";

    /** Some of the fleet's vendors stay idle, so that there is one for whatever breaks. */
    private static final int MAX_VEHICLES = 20;

    DemoSettings {
        if (vehicles < 1 || vehicles > MAX_VEHICLES) {
            throw new IllegalArgumentException("%s.vehicles: 1 to %d".formatted(PREFIX, MAX_VEHICLES));
        }
    }

    /** Reads the settings wherever Spring Boot finds them; one that is wrong, or unknown, stops the start with its name. */
    static DemoSettings of(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(
                        PREFIX,
                        Bindable.of(DemoSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
    }
}
