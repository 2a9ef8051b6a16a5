package dev.towline.edge.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.towline.edge.error.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents by their identifiers, without a service. The manifest is one that GraphQL Code Generator wrote. */
class DocumentsTests {

    private static final String MANIFEST = "classpath:persisted-documents.json";
    private static final String KIND = "query Kind { __typename }";
    private static final String KIND_HASH = "a9888ac4b3ffefc13dfc7a046360ac070be0fe0a794d0b89648a44e3801908de";
    private static final String VENDOR = "query Vendor($id: ID!) { getVendor(id: $id) { id name } }";
    private static final String VENDOR_SHA_1 = "9ecab901ba3e545de7a59cd2ac101e67392044d3";

    private final Documents open = SomeDocuments.with(Map.of("manifest", MANIFEST));
    private final Documents only = SomeDocuments.with(Map.of("manifest", MANIFEST, "only-manifest", "true"));

    @Test
    void findsADocumentOfTheManifest() {
        for (Documents documents : new Documents[] {open, only}) {
            assertThat(documents.find(Map.of("documentId", "sha256:" + KIND_HASH)))
                    .isEqualTo(KIND);
            assertThat(documents.find(Map.of("documentId", VENDOR_SHA_1))).isEqualTo(VENDOR);
            assertThat(documents.find(Map.of("documentId", "sha256:" + DocumentId.hash(VENDOR))))
                    .isEqualTo(VENDOR);
            assertThat(documents.find(Map.of("extensions", hash(KIND_HASH)))).isEqualTo(KIND);
            assertThat(documents.find(Map.of("query", KIND))).isEqualTo(KIND);
        }
    }

    @Test
    void executesOnlyTheManifestIfSet() {
        assertThat(open.find(Map.of("query", "{ __typename }"))).isEqualTo("{ __typename }");
        assertThat(code(only, Map.of("query", "{ __typename }"))).isEqualTo("UNTRUSTED_DOCUMENT");
        assertThat(code(only, Map.of("query", KIND + " "))).isEqualTo("UNTRUSTED_DOCUMENT");
        assertThat(code(only, Map.of("extensions", hash("0".repeat(64))))).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
        assertThat(code(only, Map.of("documentId", "sha256:" + "0".repeat(64)))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void doesNotKnowOtherIdentifiers() {
        assertThat(code(open, Map.of("documentId", "sha256:" + "0".repeat(64)))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(code(open, Map.of("documentId", "x-mine:7"))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(code(open, Map.of("documentId", "7"))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(code(open, Map.of("extensions", hash("0".repeat(64))))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void saysThatHashesAreNotSupported() {
        Documents off = SomeDocuments.with(Map.of("automatic", "false"));

        assertThat(code(off, Map.of("extensions", hash(KIND_HASH)))).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
        assertThat(off.find(Map.of("query", KIND, "extensions", hash(KIND_HASH))))
                .isEqualTo(KIND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sha256:",
                "sha256:abc",
                "sha256:A9888AC4B3FFEFC13DFC7A046360AC070BE0FE0A794D0B89648A44E3801908DE",
                "sha512:a9888ac4b3ffefc13dfc7a046360ac070be0fe0a794d0b89648a44e3801908de",
                "x-:7",
                "a b",
                "a:b"
            })
    void refusesAMalformedIdentifier(String documentId) {
        assertThat(extensions(open, Map.of("documentId", documentId)))
                .containsEntry("code", "BAD_INPUT")
                .containsEntry("argument", "documentId");
    }

    @Test
    void refusesAnIdentifierBesideADocument() {
        assertThat(extensions(open, Map.of("documentId", "sha256:" + KIND_HASH, "query", KIND)))
                .containsEntry("code", "BAD_INPUT")
                .containsEntry("argument", "documentId");
        assertThat(extensions(open, Map.of("documentId", 7))).containsEntry("argument", "documentId");
    }

    @Test
    void refusesTheHashOfAnotherDocument() {
        assertThat(extensions(open, Map.of("query", KIND, "extensions", hash("0".repeat(64)))))
                .containsEntry("code", "BAD_INPUT")
                .containsEntry("argument", "extensions.persistedQuery.sha256Hash");
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "1, 00"})
    void doesNotSupportOtherVersionsOfHashes(int version, String digits) {
        Map<String, ?> query = Map.of("version", version, "sha256Hash", digits.repeat(64));

        assertThat(code(open, Map.of("extensions", Map.of("persistedQuery", query))))
                .isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
    }

    @Test
    void requiresADocument() {
        assertThat(extensions(open, Map.of()))
                .containsEntry("code", "BAD_INPUT")
                .containsEntry("argument", "query");
        assertThat(extensions(open, Map.of("query", " "))).containsEntry("argument", "query");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        []                                | it must be a JSON object
        {"a"                              | it cannot be read
        {"a b": "{ a }"}                  | `a b` must be the identifier
        {"a": {"b": "c"}}                 | `a` must be the identifier
        {"sha256:0000000000000000000000000000000000000000000000000000000000000000": "{ a }"} | is not the hash of its document
        """)
    void namesAWrongManifest(String text, String reason, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("documents.json"), text);

        assertThatThrownBy(
                        () -> SomeDocuments.with(Map.of("manifest", file.toUri().toString())))
                .hasMessageContaining("towline.persisted.manifest")
                .hasMessageContaining("documents.json")
                .hasMessageContaining(reason);
    }

    @Test
    void namesAnAbsentManifest(@TempDir Path folder) {
        String nowhere = folder.resolve("nowhere.json").toUri().toString();

        assertThatThrownBy(() -> SomeDocuments.with(Map.of("manifest", nowhere)))
                .hasMessageContaining("towline.persisted.manifest");
    }

    @Test
    void namesAWrongSetting() {
        assertThatThrownBy(() -> SomeDocuments.settings(Map.of("only-manifest", "true")))
                .rootCause()
                .hasMessageContaining("towline.persisted.manifest");
        assertThatThrownBy(() -> SomeDocuments.settings(Map.of("max-characters", "-1")))
                .rootCause()
                .hasMessageContaining("towline.persisted.max-characters");
    }

    private static Map<String, ?> hash(String hash) {
        return Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash));
    }

    private static Object code(Documents documents, Map<String, ?> parameters) {
        return Objects.requireNonNull(extensions(documents, parameters).get("code"));
    }

    private static Map<String, Object> extensions(Documents documents, Map<String, ?> parameters) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> documents.find(parameters));
        return Objects.requireNonNull(refusal.error().getExtensions());
    }
}
