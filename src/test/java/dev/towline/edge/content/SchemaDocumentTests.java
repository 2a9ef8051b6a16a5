package dev.towline.edge.content;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.SDLExtensionDefinition;
import graphql.parser.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The whole schema as one document. */
class SchemaDocumentTests {

    @Test
    void hasDefinitionsBeforeTheirExtensions() {
        String document = SchemaDocument.of(List.of("extend type Query { b: Int @cache(ttlSeconds: 5) }\n", """
            # of this file

            \"""
            All that can be asked.
            \"""
            type Query {
              "One."
              a(x: Float = 1.5): Int # the last
            }

            extend type Query {
              c: Int
            }
            "Seconds."
            scalar Long
            """));

        assertThat(document).isEqualTo("""
            \"""
            All that can be asked.
            \"""
            type Query {
              "One."
              a(x: Float = 1.5): Int # the last
            }

            "Seconds."
            scalar Long

            extend type Query { b: Int @cache(ttlSeconds: 5) }

            extend type Query {
              c: Int
            }
            """);
    }

    @Test
    void hasAllDefinitionsOfTheFilesAndNoOthers() throws IOException {
        String document = SchemaDocument.read(new PathMatchingResourcePatternResolver());

        assertThat(printed(document)).containsExactlyInAnyOrderElementsOf(sources());
        assertThat(definitions(document).map(SDLExtensionDefinition.class::isInstance))
                .isSorted();
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("schema"))) {
            return files.map(SchemaDocumentTests::text)
                    .flatMap(text -> printed(text).stream())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> printed(String document) {
        return definitions(document).map(AstPrinter::printAst).toList();
    }

    @SuppressWarnings("rawtypes") // the library has the raw type
    private static Stream<Definition> definitions(String document) {
        return Parser.parse(document).getDefinitions().stream();
    }
}
