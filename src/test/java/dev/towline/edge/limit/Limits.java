package dev.towline.edge.limit;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Makes settings of limits. */
final class Limits {

    /** The defaults. */
    static final LimitSettings DEFAULTS = with(Map.of());

    private Limits() {}

    /** The defaults, except for these settings, without their prefix. */
    static LimitSettings with(Map<String, ?> settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("towline.limits." + name, value));
        return new Binder(source).bindOrCreate("towline.limits", LimitSettings.class);
    }
}
