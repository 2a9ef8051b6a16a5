package dev.towline.edge.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Documents that clients have sent together with their hashes. A document is kept when it is about to be executed: then its viewer is known, it is
 * valid, and it is within all limits. Thread-safe.
 *
 * @see <a href="https://www.apollographql.com/docs/apollo-server/performance/apq">Automatic persisted queries</a>
 */
@Component
@Order(30) // after the gates, which refuse an operation in the same step
class AutomaticDocuments extends SimplePerformantInstrumentation {

    private final boolean isAutomatic;
    private final Cache<String, String> documents;

    AutomaticDocuments(PersistedSettings settings) {
        this.isAutomatic = settings.isAutomatic();
        this.documents = Caffeine.newBuilder()
                .maximumWeight(settings.maxCharacters())
                .weigher((String hash, String document) -> hash.length() + document.length())
                .build();
    }

    /** The document with a hash, null if there is none. */
    @Nullable
    String find(String hash) {
        return documents.getIfPresent(hash);
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        if (isAutomatic) {
            ExecutionInput input = parameters.getExecutionContext().getExecutionInput();
            String hash = PersistedQuery.hash(input.getExtensions());
            // A request with another identifier may have any hash.
            if (hash != null
                    && documents.getIfPresent(hash) == null
                    && hash.equals(DocumentId.hash(input.getQuery()))) {
                documents.put(hash, input.getQuery());
            }
        }
        return super.beginExecuteOperation(parameters, state);
    }
}
