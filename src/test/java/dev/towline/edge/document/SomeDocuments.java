package dev.towline.edge.document;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.StandardEnvironment;

/** Makes {@link Documents} for tests. */
public final class SomeDocuments {

    private SomeDocuments() {}

    /** Without a manifest, so every identifier is unknown. */
    public static Documents unknown() {
        return with(Map.of());
    }

    /** With these settings, without their prefix. */
    static Documents with(Map<String, String> settings) {
        PersistedSettings bound = settings(settings);
        return new Documents(bound, new AutomaticDocuments(bound), new SimpleMeterRegistry());
    }

    static PersistedSettings settings(Map<String, String> settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("towline.persisted." + name, value));
        return new Binder(
                        List.of(source),
                        new PropertySourcesPlaceholdersResolver(new StandardEnvironment()),
                        ApplicationConversionService.getSharedInstance())
                .bindOrCreate("towline.persisted", PersistedSettings.class);
    }
}
