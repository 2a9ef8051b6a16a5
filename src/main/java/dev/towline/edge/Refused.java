package dev.towline.edge;

import dev.towline.problem.ProblemCode;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Marks an error as one that HTTP has a status for, whatever the form of the answer. */
record Refused(HttpStatus status) implements ErrorClassification {

    @Override
    public Object toSpecification(GraphQLError error) {
        return ProblemCode.BAD_INPUT.name();
    }

    /** The status that one of the errors asks for, otherwise that one. */
    static HttpStatus statusOf(List<GraphQLError> errors, HttpStatus otherwise) {
        return errors.stream()
                .map(GraphQLError::getErrorType)
                .filter(Refused.class::isInstance)
                .map(type -> ((Refused) type).status())
                .findFirst()
                .orElse(otherwise);
    }
}
