package dev.towline.edge.document;

import dev.towline.edge.error.Refusal;
import dev.towline.problem.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the document of a request, which may have an identifier instead. Thread-safe, does not block. */
@Component
public class Documents {

    private final PersistedSettings settings;
    private final Manifest manifest;
    private final AutomaticDocuments automatic;
    private final Counter found;
    private final Counter absent;
    private final Counter untrusted;

    Documents(PersistedSettings settings, AutomaticDocuments automatic, MeterRegistry meters) {
        this.settings = settings;
        this.manifest = Manifest.read(settings.manifest());
        this.automatic = automatic;
        this.found = counter("found", meters);
        this.absent = counter("absent", meters);
        this.untrusted = counter("untrusted", meters);
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("towline.persisted.requests")
                .description("requests with the identifier of a document, and refused documents, by the result")
                .tag("result", result)
                .register(meters);
    }

    /**
     * The document of a request.
     *
     * @param parameters the parameters of the request: {@code query}, {@code documentId} and {@code extensions}
     * @throws Refusal if there is none, or it is not trusted
     */
    public String find(Map<String, ? extends @Nullable Object> parameters) {
        String query = text("query", parameters.get("query"));
        String documentId = text("documentId", parameters.get("documentId"));
        Object extensions = parameters.get("extensions");
        if (documentId != null) {
            return byId(documentId, query);
        }
        if (query == null || query.isBlank()) {
            return withoutDocument(query, extensions);
        }
        String hash = PersistedQuery.hash(extensions);
        if (hash != null && !hash.equals(DocumentId.hash(query))) {
            throw Refusal.notWellFormed(
                    "extensions.persistedQuery.sha256Hash",
                    Problem.sentence("extensions.persistedQuery.sha256Hash", "must be the SHA-256 of `query`."));
        }
        if (settings.onlyManifest() && !manifest.has(query)) {
            untrusted.increment();
            throw Refusal.untrustedDocument();
        }
        return query;
    }

    /** The extensions of a request that are used later. All others would take memory for nothing, in a stream as long as it lasts. */
    public static Map<String, Object> usedExtensions(Map<String, ? extends @Nullable Object> parameters) {
        String hash = PersistedQuery.hash(parameters.get("extensions"));
        return hash == null ? Map.of() : PersistedQuery.of(hash);
    }

    private String byId(String documentId, @Nullable String query) {
        if (query != null) {
            throw Refusal.notWellFormed(
                    "documentId", Problem.sentence("documentId", "must not be sent together with `query`."));
        }
        if (!DocumentId.is(documentId)) {
            throw Refusal.notWellFormed(
                    "documentId",
                    Problem.sentence(
                            "documentId",
                            "must be `sha256:` and 64 lower-case hexadecimal digits, or an"
                                    + " identifier of the manifest."));
        }
        String document = manifest.find(documentId);
        if (document == null && documentId.startsWith(DocumentId.SHA_256)) {
            document = automatic.find(documentId.substring(DocumentId.SHA_256.length()));
        }
        return required(document);
    }

    private String withoutDocument(@Nullable String query, @Nullable Object extensions) {
        if (!PersistedQuery.isIn(extensions)) {
            throw Refusal.withoutDocument(query);
        }
        String hash = PersistedQuery.hash(extensions);
        String trusted = hash == null ? null : manifest.find(DocumentId.SHA_256 + hash);
        if (trusted != null) {
            return required(trusted);
        }
        if (hash == null || !settings.isAutomatic()) {
            throw Refusal.persistedQueryNotSupported();
        }
        return required(automatic.find(hash));
    }

    private String required(@Nullable String document) {
        if (document == null) {
            absent.increment();
            throw Refusal.persistedQueryNotFound();
        }
        found.increment();
        return document;
    }

    private static @Nullable String text(String parameter, @Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw Refusal.notWellFormed(parameter, Problem.sentence(parameter, "must be a string."));
    }
}
