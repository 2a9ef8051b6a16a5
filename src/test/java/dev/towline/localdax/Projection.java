package dev.towline.localdax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What of an item a client wants. Answers hold the values by the place of their path.
 *
 * @param paths in the order of the expression
 */
record Projection(List<DocumentPath> paths) {

    private static final int PATHS = 1;
    private static final int PATH = 18;

    /**
     * Null for none.
     *
     * @throws DaxError for what DynamoDB would refuse
     */
    static @Nullable Projection read(Cbor cbor, @Nullable Object encoded) {
        if (encoded == null) {
            return null;
        }
        List<@Nullable Object> parts =
                Arguments.list(cbor.input(Arguments.bytes(encoded)).next());
        if (parts.size() <= PATHS) {
            throw new MalformedRequest("a projection without paths");
        }
        List<DocumentPath> paths = new ArrayList<>();
        for (Object each : Arguments.list(parts.get(PATHS))) {
            List<@Nullable Object> node = Arguments.list(each);
            if (node.isEmpty() || Arguments.integer(node.getFirst()) != PATH) {
                throw new MalformedRequest("a projection of something else than paths");
            }
            paths.add(DocumentPath.read(node.subList(1, node.size())));
        }
        var projection = new Projection(List.copyOf(paths));
        projection.requireDistinct();
        return projection;
    }

    void write(CborOutput out, Map<String, AttributeValue> item) {
        out.stream();
        for (int i = 0; i < paths.size(); i++) {
            AttributeValue value = paths.get(i).find(item);
            if (value != null) {
                AttributeValues.write(out.key(i), value);
            }
        }
        out.endMap();
    }

    /** The paths to ask DynamoDB for, which would not tell at which places elements of a list were. None of them is within another. */
    List<DocumentPath> upToLists() {
        List<DocumentPath> prefixes =
                paths.stream().map(DocumentPath::upToList).distinct().toList();
        return prefixes.stream()
                .filter(each -> prefixes.stream().noneMatch(other -> !other.equals(each) && other.contains(each)))
                .toList();
    }

    private void requireDistinct() {
        for (int i = 0; i < paths.size(); i++) {
            for (DocumentPath other : paths.subList(0, i)) {
                DocumentPath path = paths.get(i);
                if (other.contains(path) || path.contains(other)) {
                    throw refused("overlap", other, path);
                }
                if (other.contradicts(path)) {
                    throw refused("conflict", other, path);
                }
            }
        }
    }

    private static DaxError refused(String how, DocumentPath one, DocumentPath two) {
        return Errors.validation(
                "Invalid ProjectionExpression: Two document paths %s with each other; must remove or rewrite one of these paths; path one: %s, path two: %s"
                        .formatted(how, one, two));
    }
}
