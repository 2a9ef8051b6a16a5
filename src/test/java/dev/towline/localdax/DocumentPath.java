package dev.towline.localdax;

import dev.towline.localdax.CborInput.Tagged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The place of a value within an item.
 *
 * @param steps names of attributes as {@link String}, places in a list as {@link Integer}; a name first
 */
record DocumentPath(List<Object> steps) {

    DocumentPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.getFirst() instanceof String)) {
            throw new MalformedRequest("a path that starts with no name");
        }
    }

    /** @param encoded the steps as items of CBOR */
    static DocumentPath read(List<@Nullable Object> encoded) {
        List<Object> steps = new ArrayList<>();
        for (Object step : encoded) {
            if (step instanceof Tagged tagged && tagged.tag() == Tagged.ELEMENT) {
                steps.add(Arguments.integer(tagged.value()));
            } else {
                steps.add(Arguments.text(step));
            }
        }
        return new DocumentPath(steps);
    }

    /** Null if there is nothing at this place. */
    @Nullable
    AttributeValue find(Map<String, AttributeValue> item) {
        AttributeValue found = AttributeValue.fromM(item);
        for (Object step : steps) {
            found = step(found, step);
            if (found == null) {
                return null;
            }
        }
        return found;
    }

    /** As far as it leads through maps only. */
    DocumentPath upToList() {
        int names = 0;
        while (names < steps.size() && steps.get(names) instanceof String) {
            names++;
        }
        return new DocumentPath(steps.subList(0, names));
    }

    /** Whether the other one lies within this one, or is the same. */
    boolean contains(DocumentPath other) {
        return steps.size() <= other.steps.size() && steps.equals(other.steps.subList(0, steps.size()));
    }

    /** Whether one needs a map where the other needs a list. */
    boolean contradicts(DocumentPath other) {
        for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
            if (!steps.get(i).equals(other.steps.get(i))) {
                return steps.get(i).getClass() != other.steps.get(i).getClass();
            }
        }
        return false;
    }

    /** As DynamoDB names it in errors. */
    @Override
    public String toString() {
        return steps.stream()
                .map(step -> step instanceof Integer ? "[" + step + "]" : (String) step)
                .toList()
                .toString();
    }

    private static @Nullable AttributeValue step(AttributeValue value, Object step) {
        if (step instanceof Integer index) {
            return value.hasL() && index >= 0 && index < value.l().size()
                    ? value.l().get(index)
                    : null;
        }
        return value.hasM() ? value.m().get((String) step) : null;
    }
}
