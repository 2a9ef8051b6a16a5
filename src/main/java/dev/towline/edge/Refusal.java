package dev.towline.edge;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that HTTP itself refuses; its caller gets the status, and an error as GraphQL has it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final @Nullable String argument;

    /**
     * @param argument the part of the request at fault, null if it is none of those that GraphQL over HTTP names
     * @param message what is wrong and what would be right
     */
    Refusal(HttpStatus status, @Nullable String argument, String message) {
        super(message, null, false, false);
        this.status = status;
        this.argument = argument;
    }

    static Refusal badRequest(@Nullable String argument, String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, argument, message);
    }

    /** The error that says so, marked as {@link Refused}. */
    GraphQLError error() {
        String message = String.valueOf(getMessage());
        GraphQLError error = ProblemErrors.badInput(GraphqlErrorBuilder.newError(), argument, message);
        return GraphqlErrorBuilder.newError()
                .message("%s", message)
                .extensions(Map.copyOf(error.getExtensions()))
                .errorType(new Refused(status))
                .build();
    }
}
