package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.audit.AuditLog;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleCheckTests {

    private static final FieldRoles KNOWS_A = field -> field.equals("Query.a") ? Role.ALL : null;

    @Test
    void aFieldThatNoFeatureKnowsStopsTheStart() {
        assertThatThrownBy(() -> build("type Query { a: Int b: Int }"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("schema: Query.b: no FieldRoles bean says which roles may use it");
        assertThatCode(() -> build("type Query { a: T } type T { b: Int }")).doesNotThrowAnyException();
    }

    private static void build(String schema) {
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .directiveWiring(new RoleCheck(List.of(KNOWS_A), new AuditLog(InstantSource.system())))
                .build();
        var _ = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(schema), wiring);
    }
}
