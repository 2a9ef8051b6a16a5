package dev.towline.edge;

import dev.towline.problem.ProblemCode;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives every error a code, also those that GraphQL itself finds in a document or its variables. */
@Component
@Order(1)
class ErrorCodes implements WebGraphQlInterceptor {

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).map(ErrorCodes::coded);
    }

    private static WebGraphQlResponse coded(WebGraphQlResponse response) {
        List<GraphQLError> errors = response.getExecutionResult().getErrors();
        return errors.stream().allMatch(ErrorCodes::hasCode)
                ? response
                : response.transform(builder ->
                        builder.errors(errors.stream().map(ErrorCodes::coded).toList()));
    }

    private static boolean hasCode(GraphQLError error) {
        return error.getExtensions() != null && error.getExtensions().containsKey("code");
    }

    private static GraphQLError coded(GraphQLError error) {
        if (hasCode(error)) {
            return error;
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code(error.getErrorType()).name());
        if (error.getExtensions() != null) {
            extensions.putAll(error.getExtensions());
        }
        return GraphqlErrorBuilder.newError()
                .message("%s", error.getMessage())
                .locations(error.getLocations())
                .path(error.getPath())
                .errorType(error.getErrorType())
                .extensions(extensions)
                .build();
    }

    private static ProblemCode code(ErrorClassification type) {
        return type == ErrorType.InvalidSyntax
                        || type == ErrorType.ValidationError
                        || type == ErrorType.OperationNotSupported
                ? ProblemCode.BAD_INPUT
                : ProblemCode.INTERNAL;
    }
}
