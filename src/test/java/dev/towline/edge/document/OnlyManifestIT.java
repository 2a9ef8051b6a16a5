package dev.towline.edge.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Node;
import dev.towline.edge.Endpoint;
import dev.towline.edge.Transports;
import dev.towline.local.RunsTowline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A service that executes only the documents of its manifest, which is what the client preset writes for the operations of the pages. */
@RunsTowline
@TestPropertySource(properties = "towline.persisted.only-manifest=true")
class OnlyManifestIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Path PROJECT =
            Path.of(System.getProperty("towline.project-dir", "")).toAbsolutePath();

    private static final Path MANIFEST = PROJECT.resolve("target/persisted-documents.json");

    private static final Pattern PAGE_TEXT =
            Pattern.compile("TypedDocumentString\\(`(\\s*(?:query|mutation|subscription) .*?)`", Pattern.DOTALL);

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void takeTheManifestOfThePages(DynamicPropertyRegistry registry) {
        registry.add("towline.persisted.manifest", () -> {
            Node.Ended ended = Node.run(PATIENCE, List.of("clients/web/types.mjs", "--manifest=" + MANIFEST));
            assertThat(ended.exitCode()).as("%s", ended).isZero();
            return MANIFEST.toUri().toString();
        });
    }

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
    void executesItsDocumentsByTextAndByIdentifier() throws IOException {
        Map.Entry<String, JsonNode> viewer = Endpoint.JSON
                .readTree(Files.readString(MANIFEST))
                .propertyStream()
                .filter(each -> each.getValue().asString().startsWith("query Viewer "))
                .findFirst()
                .orElseThrow();
        assertThat(viewer.getKey()).startsWith(DocumentId.SHA_256);
        assertThat(new Transports(port, "only")
                        .ask(viewer.getValue().asString(), Map.of())
                        .values())
                .hasSize(5)
                .allSatisfy(answer -> assertThat(
                                answer.json().at("/data/getViewer/tenant").asString())
                        .isEqualTo("only"));
        assertThat(new Endpoint(port)
                        .get(Map.of("documentId", viewer.getKey()), "X-Towline-Local-Tenant", "only")
                        .body()
                        .at("/data/getViewer/tenant")
                        .asString())
                .isEqualTo("only");
    }

    /** The pages send these; the preset prints the same document otherwise into the manifest. */
    @Test
    void refusesTheTextsThatThePagesSend() throws IOException {
        List<String> texts = PAGE_TEXT
                .matcher(Files.readString(PROJECT.resolve("clients/web/generated/graphql.ts")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(texts)
                .hasSizeGreaterThan(5)
                .allSatisfy(text -> assertThat(new Endpoint(port)
                                .post(Endpoint.JSON.writeValueAsString(Map.of("query", text)))
                                .code())
                        .isEqualTo("UNTRUSTED_DOCUMENT"));
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
