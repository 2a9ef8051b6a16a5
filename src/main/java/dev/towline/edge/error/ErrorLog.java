package dev.towline.edge.error;

import dev.towline.problem.ProblemCode;
import graphql.GraphQLError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every answer with errors, with its correlation id. One short line has the errors that the caller caused, without the values that the
 * caller sent. Internal errors were logged in full when they occurred, and {@link FailureLog} logs temporary failures.
 */
public final class ErrorLog {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorLog.class);

    private static final String ID = "correlationId";
    private static final int MOST_ARGUMENTS = 10;

    private static final Set<String> LOGGED_ELSEWHERE =
            Set.of(ProblemCode.INTERNAL.name(), ProblemCode.UNAVAILABLE.name());

    private ErrorLog() {}

    /** Logs the errors of one answer, and adds the correlation id to each error that has none. */
    public static List<GraphQLError> record(List<GraphQLError> errors, CorrelationId id) {
        if (errors.isEmpty()) {
            return errors;
        }
        List<GraphQLError> withIds = new ArrayList<>(errors.size());
        List<String> summaries = new ArrayList<>();
        for (GraphQLError error : errors) {
            withIds.add(withId(error, id));
            Map<String, Object> extensions = extensions(error);
            if (!LOGGED_ELSEWHERE.contains(String.valueOf(extensions.get("code")))
                    && summaries.size() < MOST_ARGUMENTS) {
                summaries.add(extensions.get("code") + "("
                        + printable(extensions.getOrDefault("argument", extensions.getOrDefault("limit", ""))) + ")");
            }
        }
        if (!summaries.isEmpty()) {
            LOG.info("answered with {} errors, correlation id {}: {}", errors.size(), id, summaries);
        }
        return withIds;
    }

    private static GraphQLError withId(GraphQLError error, CorrelationId id) {
        Map<String, Object> extensions = extensions(error);
        if (extensions.containsKey(ID)) {
            return error;
        }
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(ID, id.value());
        return ProblemErrors.copy(error, error.getErrorType(), more);
    }

    private static Map<String, Object> extensions(GraphQLError error) {
        return error.getExtensions() == null ? Map.of() : error.getExtensions();
    }

    /** Removes unprintable characters. The name of an argument may be any text from a variable. */
    private static String printable(Object argument) {
        String text = argument.toString();
        return text.substring(0, Math.min(text.length(), 100)).replaceAll("[^\\p{Graph}]", "?");
    }
}
