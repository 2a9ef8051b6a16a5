package dev.towline.store;

import java.util.List;
import java.util.Map;

/** The value of one attribute of an item, in the types that DynamoDB and the messages between instances share. */
public sealed interface ItemValue {

    /** No value: the attribute is there all the same, so that all items of a table have one shape. */
    record Null() implements ItemValue {

        /** The only one that is needed. */
        public static final Null NULL = new Null();
    }

    /** Text, may be empty. */
    record Text(String value) implements ItemValue {}

    /**
     * A number, as decimal text: whoever stores it must not round it.
     *
     * @param digits digits with an optional sign and point, without an exponent
     */
    record Decimal(String digits) implements ItemValue {}

    /** Values in their order. */
    record Sequence(List<ItemValue> values) implements ItemValue {

        public Sequence {
            values = List.copyOf(values);
        }
    }

    /** A part with attributes of its own. */
    record Part(Map<String, ItemValue> attributes) implements ItemValue {}
}
