package dev.towline.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The value of one attribute of an item, in the types that DynamoDB and the messages between instances share. */
public sealed interface ItemValue {

    /** No value. The attribute is stored nevertheless, see {@link ItemCodec}. */
    record Null() implements ItemValue {

        /** The only instance. */
        public static final Null NULL = new Null();
    }

    /** Text, may be empty. */
    record Text(String value) implements ItemValue {}

    /**
     * A number as decimal text, so that no layer rounds it.
     *
     * @param digits digits with an optional sign and decimal point, without an exponent
     */
    record Decimal(String digits) implements ItemValue {}

    /**
     * Binary data.
     *
     * @param value read-only; each call returns a view with a position of its own
     */
    record Binary(ByteBuffer value) implements ItemValue {

        public Binary {
            value = value.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer value() {
            return value.duplicate();
        }
    }

    /** A list of values. */
    record Sequence(List<ItemValue> values) implements ItemValue {

        public Sequence {
            values = List.copyOf(values);
        }
    }

    /** A nested map of attributes. */
    record Part(Map<String, ItemValue> attributes) implements ItemValue {}
}
