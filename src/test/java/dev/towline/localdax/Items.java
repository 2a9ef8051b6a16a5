package dev.towline.localdax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items without their keys: a byte string with the id of the list of names, sorted, and then the values in that order. Thread-safe. */
final class Items {

    private final Cbor cbor;
    private final AttributeLists lists;
    private final long listBytes;

    /** @param listBytes how many bytes all lists of names together may have */
    Items(Cbor cbor, AttributeLists lists, long listBytes) {
        this.cbor = cbor;
        this.lists = lists;
        this.listBytes = listBytes;
    }

    /**
     * A whole item.
     *
     * @throws DaxError if the list of its names was never registered
     */
    Map<String, AttributeValue> read(Map<String, AttributeValue> key, @Nullable Object withoutKey) {
        CborInput input = cbor.input(Arguments.bytes(withoutKey));
        List<String> names = lists.namesOf(Arguments.longInteger(input.next()));
        Map<String, AttributeValue> item = new HashMap<>(key);
        for (String name : names) {
            item.put(name, AttributeValues.read(input.next()));
        }
        if (input.advance()) {
            throw new MalformedRequest("more values than names");
        }
        return item;
    }

    /** The attributes of an item that are not of its key. */
    void write(CborOutput out, TableKey key, Map<String, AttributeValue> item) {
        write(out, withoutKey(key, item));
    }

    void write(CborOutput out, Map<String, AttributeValue> attributes) {
        var sorted = new TreeMap<>(attributes);
        long id = idOf(List.copyOf(sorted.keySet()));
        out.nested(inner -> {
            inner.integer(id);
            sorted.values().forEach(value -> AttributeValues.write(inner, value));
        });
    }

    /** The attributes that an update touched, by their place in the list. */
    void writeUpdated(CborOutput out, Map<String, AttributeValue> attributes) {
        List<String> names = attributes.keySet().stream().sorted().toList();
        long id = idOf(names);
        out.nested(inner -> {
            inner.integer(id).stream();
            for (int i = 0; i < names.size(); i++) {
                AttributeValues.write(inner.key(i), Objects.requireNonNull(attributes.get(names.get(i))));
            }
            inner.endMap();
        });
    }

    static Map<String, AttributeValue> withoutKey(TableKey key, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> rest = new HashMap<>(item);
        rest.keySet().removeAll(key.names());
        return rest;
    }

    long idOf(List<String> names) {
        return lists.idOf(names, listBytes);
    }

    List<String> namesOf(long id) {
        return lists.namesOf(id);
    }
}
