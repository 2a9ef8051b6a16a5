package dev.towline.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables and the links of README.md. */
class ReadmeTests {

    /** What Spring Boot's processor has found in the settings records of the service. */
    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(towline\\.[\\w.-]+):(\\w+)}");
    private static final Pattern LINK = Pattern.compile("(?<=]\\()[^)]+(?=\\))");

    private final Readme readme = Readme.read();

    @Test
    void everySettingIsThereWithItsDefault() throws IOException, ReflectiveOperationException {
        Map<String, String> described =
                new TreeMap<>(readme.section("The production jar").rows());
        Map<String, String> settings = new TreeMap<>(serviceSettings());
        settings.putAll(placeholders());
        settings.putAll(settings("towline.local", "dev.towline.local.LocalSettings"));
        settings.putAll(settings("towline.demo", "dev.towline.demo.DemoSettings"));
        assertThat(described).isEqualTo(settings);
    }

    @Test
    void everyErrorCodeIsThere() {
        assertThat(readme.section("Errors").rows())
                .containsOnlyKeys(
                        Arrays.stream(ProblemCode.values()).map(Enum::name).toList());
    }

    @Test
    void linksIntoTheProjectLeadSomewhere() {
        assertThat(readme.all(LINK))
                .filteredOn(link -> !link.startsWith("https://") && !link.startsWith("#"))
                .isNotEmpty()
                .allMatch(link -> Files.exists(Readme.PROJECT.resolve(link)));
    }

    private static Map<String, String> serviceSettings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        try (InputStream metadata = Objects.requireNonNull(Readme.class.getResourceAsStream(METADATA))) {
            for (JsonNode setting : JsonMapper.shared().readTree(metadata).path("properties")) {
                String name = setting.path("name").asString();
                if (name.startsWith("towline.")) {
                    settings.put(name, setting.path("defaultValue").asString(""));
                }
            }
        }
        assertThat(settings).isNotEmpty();
        return settings;
    }

    /** Settings that are read where they are used. */
    private static Map<String, String> placeholders() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Readme.PROJECT.resolve("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                PLACEHOLDER
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(found -> settings.put(found.group(1), found.group(2)));
            }
        }
        return settings;
    }

    /** Of the embedded run, which has no metadata. */
    private static Map<String, String> settings(String prefix, String record) throws ReflectiveOperationException {
        Map<String, String> settings = new TreeMap<>();
        Class<?> type = Class.forName(record);
        RecordComponent[] components = type.getRecordComponents();
        Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            String[] defaults = parameters[i].getAnnotation(DefaultValue.class).value();
            settings.put(prefix + "." + name, String.join(",", defaults));
        }
        return settings;
    }
}
