package dev.towline.edge.subscription;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A result without errors that was encoded once, for all streams that show it. Immutable. */
public final class EncodedResult implements ExecutionResult {

    private final ExecutionResult result;
    private final byte[] json;

    private EncodedResult(ExecutionResult result, byte[] json) {
        this.result = result;
        this.json = json;
    }

    static EncodedResult of(ExecutionResult result, JsonMapper json) {
        return new EncodedResult(result, json.writeValueAsBytes(result.toSpecification()));
    }

    /** A result as JSON in one line. Callers must not change the bytes, which other streams may send as well. */
    public static byte[] json(ExecutionResult result, JsonMapper json) {
        return result instanceof EncodedResult encoded ? encoded.json : of(result, json).json;
    }

    /** The length of the JSON. */
    int bytes() {
        return json.length;
    }

    @Override
    public List<GraphQLError> getErrors() {
        return result.getErrors();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the interface has it
    public <T> @Nullable T getData() {
        return result.getData();
    }

    @Override
    public boolean isDataPresent() {
        return result.isDataPresent();
    }

    @Override
    public @Nullable Map<Object, Object> getExtensions() {
        return result.getExtensions();
    }

    @Override
    public Map<String, Object> toSpecification() {
        return result.toSpecification();
    }
}
