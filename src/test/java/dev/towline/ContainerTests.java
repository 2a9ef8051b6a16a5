package dev.towline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks of the container files that need no container engine. */
class ContainerTests {

    private static final Path PROJECT =
            Path.of(Objects.requireNonNullElse(System.getProperty("towline.project-dir"), "."));

    @Test
    void everyServiceTellsWhetherItIsWell() throws IOException {
        assertThat(services()).containsOnlyKeys("towline", "dynamodb", "redis");
        services().forEach((name, service) -> assertThat(map(service)).as(name).containsKey("healthcheck"));
    }

    @Test
    void theServiceWaitsForWhatItNeeds() throws IOException {
        Map<String, Object> needs = map(map(services().get("towline")).get("depends_on"));
        assertThat(needs)
                .containsOnlyKeys("dynamodb", "redis")
                .allSatisfy((name, need) -> assertThat(need).isEqualTo(Map.of("condition", "service_healthy")));
    }

    @Test
    void whatIsStoredOutlivesTheContainers() throws IOException {
        Set<String> declared = map(compose().get("volumes")).keySet();
        for (String name : List.of("dynamodb", "redis")) {
            String volume = String.valueOf(
                    list(map(services().get(name)).get("volumes")).getFirst());
            assertThat(declared).contains(volume.substring(0, volume.indexOf(':')));
        }
    }

    @Test
    void nothingListensBeyondThisMachine() throws IOException {
        services().values().stream()
                .map(service -> map(service).get("ports"))
                .filter(Objects::nonNull)
                .flatMap(ports -> list(ports).stream())
                .forEach(port -> assertThat(String.valueOf(port)).startsWith("127.0.0.1:"));
    }

    @Test
    void everySettingOfTheServiceExists() throws IOException {
        Set<String> known = settings();
        assertThat(map(map(services().get("towline")).get("environment")).keySet())
                .filteredOn(name -> name.startsWith("TOWLINE_"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void theImageRunsAsNobody() throws IOException {
        String dockerfile = Files.readString(PROJECT.resolve("Dockerfile"));
        String last = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));
        assertThat(last).containsPattern("\nUSER [1-9]\\d*\n").contains("\nHEALTHCHECK ");
    }

    private static Map<String, Object> compose() throws IOException {
        return map(new Yaml().load(Files.readString(PROJECT.resolve("docker-compose.yml"))));
    }

    private static Map<String, Object> services() throws IOException {
        return map(compose().get("services"));
    }

    /** Every setting as an environment variable has it. */
    private static Set<String> settings() throws IOException {
        try (InputStream metadata = Objects.requireNonNull(
                Towline.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            JsonNode properties = new JsonMapper().readTree(metadata).path("properties");
            return StreamSupport.stream(properties.spliterator(), false)
                    .map(property -> property.path("name").stringValue())
                    .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }
    }

    @SuppressWarnings("unchecked") // a mapping of YAML whose keys are texts
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
