package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import graphql.introspection.IntrospectionQuery;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that the clients of this project send passes the default limits, also with the longest pages and batches. */
class OwnOperationsTests {

    private static final Path CLIENTS = Path.of("clients");
    private static final Pattern BUILT = Pattern.compile(".*/(node_modules|dist)/.*");

    /** A text in a program that is a document. */
    private static final Pattern IN_PROGRAM =
            Pattern.compile("([`\"'])((?:query|mutation|subscription)\\b[^`\"']*?\\{[^`]*?\\})\\1");

    /** The greatest values of the variables that count. */
    private static final Map<String, Object> GREATEST =
            Map.of("first", 100, "input", Map.of("locations", Collections.nCopies(500, 1)));

    record Own(String file, String document) {

        @Override
        public String toString() {
            return file + ": " + document.lines().findFirst().orElse("");
        }
    }

    static List<Own> documents() {
        return Stream.of(filesOf(".graphql"), documentsIn(".mjs"), documentsIn(".ts"), documentsIn(".tsx"))
                .flatMap(documents -> documents)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void passesTheDefaultLimits(Own own) {
        RequestSize.check(own.document, Map.of(), Limits.DEFAULTS);
        Document parsed = parsed(own.document);
        assertThatCode(() -> DocumentShape.check(parsed, Limits.DEFAULTS)).doesNotThrowAnyException();
        assertThat(parsed.getDefinitionsOfType(OperationDefinition.class)).allSatisfy(operation -> {
            int cost = Contract.plan(parsed, operation).with(GREATEST);
            assertThat(cost)
                    .isLessThanOrEqualTo(
                            operation.getOperation() == OperationDefinition.Operation.SUBSCRIPTION
                                    ? Limits.DEFAULTS.subscriptionCost()
                                    : Limits.DEFAULTS.cost());
        });
    }

    @Test
    void findsThemAll() {
        assertThat(documents().stream().map(own -> own.file.substring(0, own.file.indexOf('/'))))
                .contains("conformance", "graphiql", "lib", "load", "web")
                .hasSizeGreaterThan(30);
    }

    @Test
    void passesTheIntrospectionOfTools() {
        Document parsed = parsed(IntrospectionQuery.INTROSPECTION_QUERY);

        assertThatCode(() -> DocumentShape.check(parsed, Limits.DEFAULTS)).doesNotThrowAnyException();
    }

    private static Document parsed(String document) {
        return Parser.parse(ParserEnvironment.newParserEnvironment()
                .document(document)
                .parserOptions(ParserOptions.getDefaultOperationParserOptions()
                        .transform(options ->
                                options.maxTokens(Limits.DEFAULTS.tokens()).maxRuleDepth(LimitGate.SYNTAX_DEPTH)))
                .build());
    }

    private static Stream<Own> filesOf(String ending) {
        try (Stream<Path> files = Files.walk(CLIENTS)) {
            return files
                    .filter(file -> file.toString().endsWith(ending)
                            && !BUILT.matcher(file.toString()).matches())
                    .sorted()
                    .map(file -> new Own(CLIENTS.relativize(file).toString(), text(file)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Own> documentsIn(String ending) {
        return filesOf(ending)
                .flatMap(program -> IN_PROGRAM
                        .matcher(program.document)
                        .results()
                        .map(found -> found.group(2).replaceAll("\\$\\{[^}]*}", "x"))
                        .filter(OwnOperationsTests::isDocument)
                        .map(document -> new Own(program.file, document)));
    }

    /** Some documents in tests are wrong on purpose, or for another schema. */
    private static boolean isDocument(String text) {
        try {
            return graphql.ParseAndValidate.validate(Contract.SCHEMA, Parser.parse(text))
                    .isEmpty();
        } catch (graphql.parser.InvalidSyntaxException wrong) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
