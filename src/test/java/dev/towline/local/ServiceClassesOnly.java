package dev.towline.local;

import java.io.IOException;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Keeps what tests configure out of a run that has them on its class path: only what the production jar has is scanned. */
final class ServiceClassesOnly extends TypeExcludeFilter {

    private final String testClasses = ServiceClassesOnly.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString();

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        return reader.getResource().getURL().toString().startsWith(testClasses);
    }
}
