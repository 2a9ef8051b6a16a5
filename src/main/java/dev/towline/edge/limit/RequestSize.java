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

    private final LimitSettings limits;
    private long bytes;

    private RequestSize(LimitSettings limits) {
        this.limits = limits;
    }

    /** @throws TooComplex if the document or the variables exceed a limit */
    static void check(String document, Map<String, ? extends @Nullable Object> variables, LimitSettings limits) {
        LimitSettings.requireAtMost(
                limits.documentCharacters(), document.length(), "documentCharacters", "characters in the document");
        RequestSize size = new RequestSize(limits);
        variables.forEach((name, value) -> {
            size.add(name);
            size.add(value, 0);
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
        LimitSettings.requireAtMost(limits.variableBytes(), bytes, "variableBytes", "bytes in the variables");
    }
}
