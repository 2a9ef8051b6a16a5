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
 * Writes every answer with errors to the log, under the id that the answer carries. What is wrong with the service itself was logged
 * with all that is known when it happened, and of temporary failures {@link FailureLog} tells; of a caller's faults there is one short
 * line an answer, without what the caller sent.
 */
public final class ErrorLog {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorLog.class);

    private static final String ID = "correlationId";
    private static final int MOST_ARGUMENTS = 10;

    private static final Set<String> TOLD_ELSEWHERE =
            Set.of(ProblemCode.INTERNAL.name(), ProblemCode.UNAVAILABLE.name());

    private ErrorLog() {}

    /** Logs the errors of one answer, and returns them with the id in each that has none of its own. */
    public static List<GraphQLError> record(List<GraphQLError> errors, CorrelationId id) {
        if (errors.isEmpty()) {
            return errors;
        }
        List<GraphQLError> stamped = new ArrayList<>(errors.size());
        List<String> told = new ArrayList<>();
        for (GraphQLError error : errors) {
            stamped.add(stamp(error, id));
            Map<String, Object> extensions = extensions(error);
            if (!TOLD_ELSEWHERE.contains(String.valueOf(extensions.get("code"))) && told.size() < MOST_ARGUMENTS) {
                told.add(extensions.get("code") + "(" + printable(extensions.getOrDefault("argument", "")) + ")");
            }
        }
        if (!told.isEmpty()) {
            LOG.info("answered with {} errors, correlation id {}: {}", errors.size(), id, told);
        }
        return stamped;
    }

    private static GraphQLError stamp(GraphQLError error, CorrelationId id) {
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

    /** The name of an argument may be anything that a caller put into a variable. */
    private static String printable(Object argument) {
        String text = argument.toString();
        return text.substring(0, Math.min(text.length(), 100)).replaceAll("[^\\p{Graph}]", "?");
    }
}
