package dev.towline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The required and the forbidden contents of the production jar. */
class ProductionJarIT {

    /** Only in tests: by its licence, by its weight, or because it would start something. */
    private static final List<String> FOR_TESTS_ONLY =
            List.of("DynamoDBLocal", "sqlite4java", "embedded-redis", "mockito", "junit", "archunit", "log4j-core");

    @Test
    void carriesNothingThatIsForTests() throws IOException {
        assertThat(entries())
                .isNotEmpty()
                .noneMatch(entry -> FOR_TESTS_ONLY.stream().anyMatch(entry::contains))
                .noneMatch(entry -> entry.startsWith("BOOT-INF/classes/dev/towline/local/"))
                .noneMatch(entry -> entry.startsWith("BOOT-INF/classes/dev/towline/demo/"));
    }

    @Test
    void carriesTheServiceAndItsSettings() throws IOException {
        assertThat(entries())
                .contains("BOOT-INF/classes/dev/towline/Towline.class", "BOOT-INF/classes/application.yaml");
    }

    @Test
    void carriesItsPagesCompressed() throws IOException {
        assertThat(entries())
                .contains("BOOT-INF/classes/static/graphiql/index.html")
                .anyMatch(entry -> entry.startsWith("BOOT-INF/classes/static/graphiql/") && entry.endsWith(".js.br"))
                .anyMatch(entry -> entry.startsWith("BOOT-INF/classes/static/graphiql/") && entry.endsWith(".js.gz"));
    }

    @Test
    void startsTheService() throws IOException {
        try (var jar = jar()) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Start-Class"))
                    .isEqualTo(Towline.class.getName());
        }
    }

    private static List<String> entries() throws IOException {
        try (var jar = jar()) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static JarFile jar() throws IOException {
        return new JarFile(Path.of(Objects.requireNonNull(System.getProperty("towline.jar")))
                .toFile());
    }
}
