package dev.towline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.towline.SchemaChanges.Change;
import graphql.Directives;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract in {@code schema/}: well described, and what was published stays. {@code SchemaIT} shows that it is resolved. */
class SchemaTests {

    private static final Path SOURCES = Path.of("schema");
    private static final Path PUBLISHED = Path.of("src", "test", "resources", "schema-published.graphqls");

    /** {@code ./mvnw test -Dtest=SchemaTests -Dtowline.schema.publish} makes the present contract the published one. */
    private static final String PUBLISH = "towline.schema.publish";

    /** Names that say everything wherever they stand; the input of a mutation and the filter of a query are described there. */
    private static final Pattern SELF_EVIDENT = Pattern.compile(
            "id|ids|\\w+Id|name|phone|input|createdAt|updatedAt|edges|node|cursor|pageInfo|[A-Z]\\w+(Input|Filter)");

    private static final Pattern UNIT_IN_NAME =
            Pattern.compile("\\w+(Degrees|Meters|MetersPerSecond|Miles|Seconds|Minutes|Ms)");
    private static final Pattern UNIT_IN_WORDS = Pattern.compile(
            "(?i)\\b(degrees|metres|miles|seconds|stars|how many|number|version|one more with each)\\b");

    private static final GraphQLSchema CONTRACT = read();

    @Test
    void everythingIsDescribedThatItsNameDoesNotSay() {
        assertThat(SchemaElement.of(CONTRACT)
                        .filter(Predicate.not(SchemaElement::isDescribed))
                        .filter(element -> !SELF_EVIDENT.matcher(element.name()).matches())
                        .map(SchemaElement::coordinate))
                .isEmpty();
    }

    @Test
    void everyNumberHasAUnit() {
        assertThat(SchemaElement.of(CONTRACT)
                        .filter(SchemaElement::isNumber)
                        .filter(element -> !UNIT_IN_NAME.matcher(element.name()).matches())
                        .filter(element ->
                                !UNIT_IN_WORDS.matcher(element.description()).find())
                        .map(SchemaElement::coordinate))
                .isEmpty();
    }

    @Test
    void everyMutationHasOneInput() {
        assertThat(Objects.requireNonNull(CONTRACT.getMutationType()).getFieldDefinitions())
                .hasSizeGreaterThan(5)
                .allSatisfy(mutation -> assertThat(mutation.getArguments())
                        .as(mutation.getName())
                        .singleElement()
                        .satisfies(argument -> {
                            assertThat(argument.getName()).isEqualTo("input");
                            assertThat(GraphQLTypeUtil.simplePrint(argument.getType()))
                                    .matches("\\w+Input!");
                            assertThat(GraphQLTypeUtil.unwrapAll(argument.getType()))
                                    .isInstanceOf(GraphQLInputObjectType.class);
                        }));
    }

    /** Code that is generated from the schema writes the literal as it stands, and a Java {@code Double} takes no {@code 300}. */
    @Test
    void theDefaultOfAFloatIsWrittenAsOne() {
        assertThat(SchemaDefaults.ofFloats(CONTRACT).filter(literal -> !(literal.value() instanceof FloatValue)))
                .isEmpty();
    }

    @Test
    void aDefaultThatIsWrittenAsAWholeNumberIsFoundWhereverItStands() {
        GraphQLSchema schema = schema(new SchemaParser().parse("""
            directive @d(a: Float = 1) on FIELD
            type Query { f(a: Float! = 2, b: [Float] = [3, 3.5, null], c: I = {x: 4, i: {x: 5}}, n: Int = 6): Int }
            input I { x: Float = 7, i: I, y: [[Float!]] = [[8.0]] }
            """));
        assertThat(SchemaDefaults.ofFloats(schema)
                        .filter(literal -> literal.value() instanceof IntValue)
                        .map(SchemaDefaults.Literal::coordinate))
                .containsExactlyInAnyOrder("@d(a:)", "Query.f(a:)", "Query.f(b:)", "Query.f(c:)", "Query.f(c:)", "I.x");
    }

    @Test
    void nothingThatWasPublishedIsBroken() throws IOException {
        String present = printed(CONTRACT);
        if (System.getProperty(PUBLISH) != null) {
            Files.writeString(PUBLISHED, present);
        }
        String published = Files.readString(PUBLISHED);
        if (!present.equals(published)) {
            fail(difference(SchemaChanges.between(schema(new SchemaParser().parse(published)), CONTRACT)));
        }
    }

    private static String difference(List<Change> changes) {
        return """
            schema/ is not what was published (%s).
            Breaking changes: %s
            Others: %s
            Take a breaking change back, or agree on it with the clients. Then publish, and commit the copy:
            ./mvnw test -Dtest=SchemaTests -D%s
            """.formatted(PUBLISHED, list(changes, Change::breaking), list(changes, c -> !c.breaking()), PUBLISH);
    }

    private static String list(List<Change> changes, Predicate<Change> which) {
        String lines =
                changes.stream().filter(which).map(change -> "\n  " + change).collect(Collectors.joining());
        return lines.isEmpty() ? "none" : lines;
    }

    /** As Spring does it: all files together. */
    private static GraphQLSchema read() {
        TypeDefinitionRegistry all = new TypeDefinitionRegistry();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                all.merge(new SchemaParser().parse(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schema(all);
    }

    private static GraphQLSchema schema(TypeDefinitionRegistry definitions) {
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(definitions);
    }

    /** Sorted, and without what may change at any time: descriptions, and the directives that only the service heeds. */
    private static String printed(GraphQLSchema schema) {
        SchemaPrinter printer = new SchemaPrinter(SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true)
                .includeDirectiveDefinition(name -> !Directives.isBuiltInDirective(name))
                .includeDirectives(Directives::isBuiltInDirective)
                .descriptionsAsHashComments(true));
        return printer.print(schema)
                .lines()
                .filter(line -> !line.strip().startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
