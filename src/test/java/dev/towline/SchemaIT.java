package dev.towline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.RunsTowline;
import graphql.schema.idl.RuntimeWiring;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.execution.SchemaMappingInspector;
import org.springframework.graphql.execution.SchemaReport;

/** The schema and its resolvers match, as Spring's schema inspection reports it. */
@RunsTowline
class SchemaIT {

    @Autowired
    private GraphQlSource source;

    @Autowired
    private ObjectProvider<RuntimeWiringConfigurer> resolvers;

    @Test
    void everyFieldAndArgumentFitsTheCode() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        resolvers.orderedStream().forEach(resolver -> resolver.configure(wiring));
        SchemaReport report = SchemaMappingInspector.inspect(source.schema(), wiring.build());

        assertThat(report.unmappedFields()).as("fields that nothing resolves").isEmpty();
        assertThat(report.unmappedRegistrations()).as("resolvers of no field").isEmpty();
        assertThat(report.unmappedArguments()).as("parameters of no argument").isEmpty();
        assertThat(report.fieldNullnessErrors())
                .as("fields whose code may return null")
                .isEmpty();
        assertThat(report.argumentNullnessErrors())
                .as("arguments that may be null")
                .isEmpty();
        assertThat(report.skippedTypes()).as("types that were not looked at").isEmpty();
    }
}
