package dev.towline.localdax;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client may ask. A request has no length of its own: the number of its arguments tells where it ends. Ids and arguments were read
 * in the open-source clients.
 */
enum Method {
    /** Credentials for the requests that follow. The only one without an answer. */
    AUTHORIZE(1489122155, 5),
    ENDPOINTS(455855874, 0),
    DEFINE_KEY_SCHEMA(-742646399, 1),
    DEFINE_ATTRIBUTE_LIST_ID(-1230579644, 1),
    DEFINE_ATTRIBUTE_LIST(670678385, 1),
    GET_ITEM(263244906, 3),
    PUT_ITEM(-2106490455, 4),
    UPDATE_ITEM(1425579023, 3),
    DELETE_ITEM(1013539361, 3),
    BATCH_GET_ITEM(-697851100, 2),
    BATCH_WRITE_ITEM(116217951, 2),
    QUERY(-931250863, 3),
    SCAN(-1875390620, 2),
    TRANSACT_GET_ITEMS(1866287579, 4),
    TRANSACT_WRITE_ITEMS(-1160037738, 9);

    private static final Map<Integer, Method> BY_ID =
            Arrays.stream(values()).collect(Collectors.toMap(method -> method.id, Function.identity()));

    final int id;
    final int arguments;

    Method(int id, int arguments) {
        this.id = id;
        this.arguments = arguments;
    }

    /** Null for one that this endpoint does not know. */
    static @Nullable Method of(int id) {
        return BY_ID.get(id);
    }

    /** Whether it is one of the ten operations on items rather than a call that a client makes for itself. */
    boolean isOperation() {
        return compareTo(GET_ITEM) >= 0;
    }
}
