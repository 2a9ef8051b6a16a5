package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Dockerfile makes and starts what {@link StartScenarios} tests. */
class ProductionImageTests {

    private static final Path PROJECT =
            Path.of(Objects.requireNonNullElse(System.getProperty("towline.project-dir"), "."));

    private static final Pattern BASE = Pattern.compile("(?m)^FROM \\$\\{JAVA}( AS build)?$");

    @Test
    void theContainerStartsWhatIsTested() throws IOException {
        ProductionImage image = new ProductionImage(Path.of(""));
        String command = Stream.concat(Stream.of("java"), image.program().stream())
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(", ", "[", "]"));
        assertThat(dockerfile())
                .endsWith("\nENTRYPOINT " + command + "\n")
                .contains("\nENV JAVA_TOOL_OPTIONS=\"" + String.join(" ", ProductionImage.REPLACEABLE) + "\"\n");
    }

    @Test
    void theContainerIsMadeByTheCommandThatIsTested() throws IOException {
        assertThat(dockerfile()).contains("\nRUN ./mvnw -B -q -DskipTests package exec:exec@image\n");
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        String execution = pom.substring(pom.indexOf("<id>image</id>"));
        assertThat(execution.substring(0, execution.indexOf("</execution>")))
                .contains(ImageCommand.class.getName() + " target/${project.build.finalName}.jar target/image<");
    }

    @Test
    void oneJavaMakesTheCacheAndUsesIt() throws IOException {
        assertThat(dockerfile()).contains("\nARG JAVA=");
        assertThat(BASE.matcher(dockerfile()).results().map(found -> found.group(1)))
                .containsExactly(" AS build", null);
    }

    @Test
    void whatChangesLeastIsTheFirstLayerAndNothingElseOfTheBuildGetsIntoTheImage() throws IOException {
        assertThat(dockerfile().lines().filter(line -> line.contains("--from=build")))
                .containsExactlyElementsOf(
                        Stream.of("lib/ lib/", ProductionImage.JAR + " ./", ProductionImage.CACHE + " ./")
                                .map("COPY --from=build /build/target/image/"::concat)
                                .toList());
        assertThat(dockerfile().substring(dockerfile().lastIndexOf("\nFROM ")).lines())
                .filteredOn(line -> line.startsWith("COPY") || line.startsWith("ADD"))
                .hasSize(List.of("lib", ProductionImage.JAR, ProductionImage.CACHE)
                        .size());
    }

    private static String dockerfile() throws IOException {
        return Files.readString(PROJECT.resolve("Dockerfile"));
    }
}
