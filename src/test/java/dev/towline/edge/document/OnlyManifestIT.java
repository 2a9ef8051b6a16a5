package dev.towline.edge.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import dev.towline.edge.Transports;
import dev.towline.local.RunsTowline;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A service that executes only the documents of its manifest. */
@RunsTowline
@TestPropertySource(properties = "towline.persisted.only-manifest=true")
class OnlyManifestIT {

    private static final String KIND = "sha256:a9888ac4b3ffefc13dfc7a046360ac070be0fe0a794d0b89648a44e3801908de";

    @LocalServerPort
    private int port;

    @Test
    void refusesOtherDocumentsOverEveryTransport() {
        for (String document :
                new String[] {"query { __typename }", "mutation { __typename }", "subscription { __typename }"}) {
            assertThat(new Transports(port, "only").ask(document, Map.of()).values())
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("UNTRUSTED_DOCUMENT"));
        }
    }

    @Test
    void executesItsDocumentsByTextAndByIdentifier() {
        assertThat(new Transports(port, "only")
                        .ask("query Kind { __typename }", Map.of())
                        .values())
                .hasSize(5)
                .allSatisfy(answer -> assertThat(
                                answer.json().at("/data/__typename").asString())
                        .isEqualTo("Query"));
        assertThat(new Endpoint(port)
                        .get(Map.of("documentId", KIND))
                        .body()
                        .at("/data/__typename")
                        .asString())
                .isEqualTo("Query");
    }

    @Test
    void learnsNoDocuments() {
        String hash = DocumentId.hash("{ __typename }");
        String extensions = "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"" + hash + "\"}}";

        assertThat(new Endpoint(port)
                        .post("{\"query\": \"{ __typename }\", " + extensions + "}")
                        .code())
                .isEqualTo("UNTRUSTED_DOCUMENT");
        assertThat(new Endpoint(port).post("{" + extensions + "}").code()).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
    }
}
