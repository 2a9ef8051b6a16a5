package dev.towline.edge.error;

import dev.towline.problem.Limit;
import dev.towline.problem.Problem;
import dev.towline.problem.ProblemCode;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that is rejected before its execution. The client gets an HTTP status and a GraphQL error. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refused refused;
    private final ProblemCode code;
    private final @Nullable String argument;
    private final transient @Nullable Limit limit;

    private Refusal(
            Refused refused, ProblemCode code, @Nullable String argument, @Nullable Limit limit, String message) {
        super(message, null, false, false);
        this.refused = refused;
        this.code = code;
        this.argument = argument;
        this.limit = limit;
    }

    /**
     * A request that violates HTTP.
     *
     * @param argument the parameter of GraphQL over HTTP at fault, null if no parameter is
     * @param message the message for the client: what is wrong and what would be right
     */
    public Refusal(HttpStatus status, @Nullable String argument, String message) {
        this(new Refused(status, status), ProblemCode.BAD_INPUT, argument, null, message);
    }

    /** A request that cannot be read. */
    public static Refusal badRequest(@Nullable String argument, String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, argument, message);
    }

    /**
     * A request that can be parsed but is not a valid GraphQL-over-HTTP request. A client of {@code application/json} gets 400, as before
     * the first edition of the specification, and as its audit suite expects.
     */
    public static Refusal notWellFormed(@Nullable String argument, String message) {
        Refused refused = new Refused(HttpStatus.UNPROCESSABLE_CONTENT, HttpStatus.BAD_REQUEST);
        return new Refusal(refused, ProblemCode.BAD_INPUT, argument, null, message);
    }

    /**
     * A request with the hash of a document instead of the document. Clients that receive this message send the document, and send no hash
     * again.
     *
     * @see <a href="https://www.apollographql.com/docs/apollo-server/performance/apq">Automatic persisted queries</a>
     */
    static Refusal persistedQueryNotSupported() {
        Refused refused = new Refused(HttpStatus.UNPROCESSABLE_CONTENT, HttpStatus.OK);
        return new Refusal(
                refused, ProblemCode.PERSISTED_QUERY_NOT_SUPPORTED, null, null, "PersistedQueryNotSupported");
    }

    /**
     * A request without a document.
     *
     * @param query null or blank
     */
    public static Refusal withoutDocument(@Nullable String query, @Nullable Object extensions) {
        if (extensions instanceof Map<?, ?> entries && entries.get("persistedQuery") instanceof Map) {
            return persistedQueryNotSupported();
        }
        String message = Problem.sentence("query", "is required.");
        // A blank text is a document that cannot be parsed.
        return query == null ? notWellFormed("query", message) : badRequest("query", message);
    }

    /** The same refusal, which names the limit that the request exceeds. */
    public Refusal exceeding(Limit exceeded) {
        return new Refusal(refused, code, argument, exceeded, String.valueOf(getMessage()));
    }

    /** The GraphQL error, marked as {@link Refused}. */
    public GraphQLError error() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        if (argument != null) {
            extensions.put("argument", argument);
        }
        GraphQLError error = GraphqlErrorBuilder.newError()
                .message("%s", String.valueOf(getMessage()))
                .extensions(extensions)
                .errorType(refused)
                .build();
        return ProblemErrors.withLimit(error, limit);
    }
}
