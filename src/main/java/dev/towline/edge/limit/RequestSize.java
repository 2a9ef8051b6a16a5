package dev.towline.edge.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.towline.problem.TooComplex;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size of the variables of a request. It stops at the first value that exceeds a limit, so it is never deeper than the limit. For one
 * request on one thread.
 */
final class RequestSize {

    /** What a number, true, false or null counts. */
    private static final int OTHER_VALUE_BYTES = 8;

    /** What the variables of a subscription may have. They are kept as long as its stream lasts. */
    static final int STREAM_VARIABLE_BYTES = 16 * 1024;

    private final LimitSettings limits;
    private final int maxBytes;
    private long bytes;

    private RequestSize(LimitSettings limits, int maxBytes) {
        this.limits = limits;
        this.maxBytes = maxBytes;
    }

    /** @throws TooComplex if the document or the variables exceed a limit */
    static void check(String document, Map<String, ? extends @Nullable Object> variables, LimitSettings limits) {
        LimitSettings.requireAtMost(
                limits.documentCharacters(), document.length(), "documentCharacters", "characters in the document");
        new RequestSize(limits, limits.variableBytes()).add(variables);
    }

    /** @throws TooComplex if the variables of a subscription exceed a limit */
    static void checkStream(Map<String, ? extends @Nullable Object> variables, LimitSettings limits) {
        new RequestSize(limits, Math.min(limits.variableBytes(), STREAM_VARIABLE_BYTES)).add(variables);
    }

    private void add(Map<String, ? extends @Nullable Object> variables) {
        variables.forEach((name, value) -> {
            add(name);
            add(value, 0);
        });
    }

    private void add(@Nullable Object value, int above) {
        switch (value) {
            case String text -> add(text);
            case Map<?, ?> fields -> {
                int depth = deeper(above);
                fields.forEach((name, field) -> {
                    add(String.valueOf(name));
                    add(field, depth);
                });
            }
            case Iterable<?> values -> {
                int depth = deeper(above);
                values.forEach(each -> add(each, depth));
            }
            case null, default -> add(OTHER_VALUE_BYTES);
        }
    }

    private int deeper(int above) {
        LimitSettings.requireAtMost(
                limits.variableDepth(), above + 1L, "variableDepth", "levels of lists and objects in a variable");
        add(OTHER_VALUE_BYTES);
        return above + 1;
    }

    private void add(String text) {
        add(text.getBytes(UTF_8).length);
    }

    private void add(int more) {
        bytes += more;
        LimitSettings.requireAtMost(maxBytes, bytes, "variableBytes", "bytes in the variables");
    }
}
