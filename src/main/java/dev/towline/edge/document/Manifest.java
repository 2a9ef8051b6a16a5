package dev.towline.edge.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents that operators trust, from a file as GraphQL Code Generator's client preset writes it: an object with each document by its
 * identifier. A document can be asked for by that identifier, and always by its SHA-256. Immutable.
 *
 * @see <a href="https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#persisted-documents">Persisted Documents</a>
 */
final class Manifest {

    private final Map<String, String> documents;

    private Manifest(Map<String, String> documents) {
        this.documents = Map.copyOf(documents);
    }

    /**
     * Reads a file.
     *
     * @param file null: there are no documents
     * @throws IllegalStateException if it cannot be read, with the reason
     */
    static Manifest read(@Nullable Resource file) {
        if (file == null) {
            return new Manifest(Map.of());
        }
        Map<String, String> documents = new HashMap<>();
        entries(file).forEach((key, value) -> {
            if (!(key instanceof String id) || !DocumentId.is(id) || !(value instanceof String document)) {
                throw refused(file, "`" + key + "` must be the identifier of a document, and its value the document");
            }
            String hash = DocumentId.SHA_256 + DocumentId.hash(document);
            if (id.startsWith(DocumentId.SHA_256) && !id.equals(hash)) {
                throw refused(file, id + " is not the hash of its document, which is " + hash);
            }
            documents.put(id, document);
            documents.put(hash, document);
        });
        return new Manifest(documents);
    }

    private static Map<?, ?> entries(Resource file) {
        try (InputStream in = file.getInputStream()) {
            if (JsonMapper.shared().readValue(in, Object.class) instanceof Map<?, ?> entries) {
                return entries;
            }
            throw refused(file, "it must be a JSON object");
        } catch (IOException | JacksonException e) {
            throw refused(file, "it cannot be read: " + e.getMessage());
        }
    }

    private static IllegalStateException refused(Resource file, String reason) {
        return new IllegalStateException("towline.persisted.manifest: " + file.getDescription() + ": " + reason);
    }

    /** The document with an identifier, null if there is none. */
    @Nullable
    String find(String id) {
        return documents.get(id);
    }

    /** Whether a document is one of these, to the last character. */
    boolean has(String document) {
        return documents.containsKey(DocumentId.SHA_256 + DocumentId.hash(document));
    }
}
