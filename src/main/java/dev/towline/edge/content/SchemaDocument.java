package dev.towline.edge.content;

import graphql.language.Definition;
import graphql.language.SDLExtensionDefinition;
import graphql.parser.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The schema as one document, with all descriptions and directives. Definitions come before their extensions, as Relay's compiler requires.
 * The files in alphabetical order do not have this order.
 */
final class SchemaDocument {

    private static final String FILES = "classpath*:graphql/**/*.graphqls";

    private SchemaDocument() {}

    static String read(ResourcePatternResolver resources) throws IOException {
        Resource[] files = resources.getResources(FILES);
        Arrays.sort(files, Comparator.comparing(file -> String.valueOf(file.getFilename())));
        List<String> texts = new ArrayList<>();
        for (Resource file : files) {
            texts.add(file.getContentAsString(StandardCharsets.UTF_8));
        }
        return of(texts);
    }

    static String of(List<String> files) {
        return files.stream()
                .flatMap(SchemaDocument::parts)
                .sorted(Comparator.comparing(Part::isExtension))
                .map(Part::text)
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    /** The source text of a definition, with its description. */
    private record Part(String text, boolean isExtension) {}

    private static Stream<Part> parts(String file) {
        List<String> lines = file.lines().toList();
        @SuppressWarnings("rawtypes") // the library has the raw type
        List<Definition> definitions = Parser.parse(file).getDefinitions();
        return IntStream.range(0, definitions.size()).mapToObj(i -> {
            int end = i + 1 < definitions.size() ? firstLine(definitions.get(i + 1)) : lines.size();
            String text = String.join("\n", lines.subList(firstLine(definitions.get(i)), end));
            return new Part(text.strip(), definitions.get(i) instanceof SDLExtensionDefinition);
        });
    }

    private static int firstLine(Definition<?> definition) {
        return Objects.requireNonNull(definition.getSourceLocation()).getLine() - 1;
    }
}
