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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The length of README.md, and the tables and links of all pages. */
class ReadmeTests {

    /** The metadata that Spring Boot's processor generated from the settings records. */
    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(towline\\.[\\w.-]+):(\\w+)}");

    /** The number of lines that can be read in five minutes. */
    private static final int MOST_WORDS = 1_200;

    private static final Page README = Page.read("README.md");
    private static final Page INFRA_NOTES = Page.read("infra-notes/README.md");

    @Test
    void readmeIsReadInFiveMinutes() {
        assertThat(README.words()).isLessThanOrEqualTo(MOST_WORDS);
    }

    @Test
    void everySettingIsThereWithItsDefault() throws IOException, ReflectiveOperationException {
        Map<String, String> described =
                new TreeMap<>(Page.read("infra-notes/settings.md").rows());
        Map<String, String> settings = new TreeMap<>(serviceSettings());
        settings.putAll(placeholders());
        settings.putAll(settings("towline.local", "dev.towline.local.LocalSettings"));
        settings.putAll(settings("towline.demo", "dev.towline.demo.DemoSettings"));
        assertThat(described).isEqualTo(settings);
    }

    @Test
    void everyErrorCodeIsThere() {
        assertThat(Page.read("infra-notes/protocol.md").section("Errors").rows())
                .containsOnlyKeys(
                        Arrays.stream(ProblemCode.values()).map(Enum::name).toList());
    }

    @Test
    void linksIntoTheProjectLeadSomewhere() throws IOException {
        List<String> leadNowhere = pages().flatMap(page -> page.links().stream()
                        .filter(link -> !page.leadsSomewhere(link))
                        .map(link -> page.path() + ": " + link))
                .toList();
        assertThat(leadNowhere).isEmpty();
        assertThat(README.links()).isNotEmpty();
    }

    @Test
    void infraNotesListEveryPage() {
        assertThat(Page.in("infra-notes"))
                .filteredOn(page -> !page.path().equals(INFRA_NOTES.path()))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(INFRA_NOTES.links())
                        .contains(page.path().getFileName().toString()));
    }

    @Test
    void infraNotesListEveryDecisionByItsTitle() {
        assertThat(Page.in("infra-notes/decisions"))
                .isNotEmpty()
                .allSatisfy(decision -> assertThat(INFRA_NOTES.text())
                        .contains("[%s](decisions/%s)"
                                .formatted(decision.title(), decision.path().getFileName())));
    }

    /** Every page of the project, those of the clients too. */
    private static Stream<Page> pages() throws IOException {
        Stream<Page> fixed =
                Stream.of("infra-notes", "infra-notes/decisions").flatMap(folder -> Page.in(folder).stream());
        try (Stream<Path> clients = Files.list(Page.PROJECT.resolve("clients"))) {
            List<Page> ofClients = clients.map(client -> client.resolve("README.md"))
                    .filter(Files::exists)
                    .map(readme -> Page.read(Page.PROJECT.relativize(readme).toString()))
                    .toList();
            return Stream.of(Stream.of(README), fixed, ofClients.stream()).flatMap(Function.identity());
        }
    }

    /** A default as somebody would give it: the metadata have several values in brackets. */
    private static String asGiven(String value) {
        return value.startsWith("[") ? value.substring(1, value.length() - 1).replace(", ", ",") : value;
    }

    private static Map<String, String> serviceSettings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        try (InputStream metadata = Objects.requireNonNull(Page.class.getResourceAsStream(METADATA))) {
            for (JsonNode setting : JsonMapper.shared().readTree(metadata).path("properties")) {
                String name = setting.path("name").asString();
                if (name.startsWith("towline.")) {
                    settings.put(name, asGiven(setting.path("defaultValue").asString("")));
                }
            }
        }
        assertThat(settings).isNotEmpty();
        return settings;
    }

    /** Settings that are read where they are used. */
    private static Map<String, String> placeholders() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Page.PROJECT.resolve("src/main/java"))) {
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
