package dev.towline.edge;

import dev.towline.problem.ProblemCode;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final Set<ErrorClassification> FAULTS_OF_THE_REQUEST =
            Set.of(ErrorType.InvalidSyntax, ErrorType.ValidationError, ErrorType.OperationNotSupported);

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

    private static boolean isFaultOfTheRequest(GraphQLError error) {
        return FAULTS_OF_THE_REQUEST.contains(error.getErrorType()) || error instanceof BadFaithIntrospectionError;
    }

    private static boolean hasCode(GraphQLError error) {
        return error.getExtensions() != null && error.getExtensions().containsKey("code");
    }

    private static GraphQLError coded(GraphQLError error) {
        if (hasCode(error)) {
            return error;
        }
        if (!isFaultOfTheRequest(error)) {
            return ProblemErrors.internal(error);
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", ProblemCode.BAD_INPUT.name());
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
}
