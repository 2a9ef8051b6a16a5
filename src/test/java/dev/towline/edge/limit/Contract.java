package dev.towline.edge.limit;

import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The contract in {@code schema/}, and what operations on it cost. */
final class Contract {

    static final GraphQLSchema SCHEMA = read();

    private Contract() {}

    /** The cost of the only operation of a document with these variables. */
    static int cost(String document, Map<String, ?> variables) {
        Document parsed = Parser.parse(document);
        return plan(
                        parsed,
                        parsed.getFirstDefinitionOfType(OperationDefinition.class)
                                .orElseThrow())
                .with(variables);
    }

    static CostPlan plan(Document document, OperationDefinition operation) {
        return CostPlanner.plan(
                SCHEMA,
                operation,
                document.getDefinitionsOfType(FragmentDefinition.class).stream()
                        .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment)));
    }

    private static GraphQLSchema read() {
        TypeDefinitionRegistry all = new TypeDefinitionRegistry();
        try (var files = Files.list(Path.of("schema"))) {
            for (Path file : files.sorted().toList()) {
                all.merge(new SchemaParser().parse(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(all);
    }
}
