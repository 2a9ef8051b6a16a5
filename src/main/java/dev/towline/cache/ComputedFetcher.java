package dev.towline.cache;

import dev.towline.resolver.DescribedFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Stands in front of the resolver of a cached field that computes its value. Thread-safe. */
final class ComputedFetcher extends DescribedFetcher {

    private final CachedField field;
    private final ComputedCache cache;

    ComputedFetcher(DataFetcher<?> resolver, CachedField field, ComputedCache cache) {
        super(resolver);
        this.field = field;
        this.cache = cache;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        FieldLookup lookup = new FieldLookup(field, environment);
        String reason = field.policy().enabled() ? null : "off";
        ComputedKey key = reason == null ? ComputedKey.of(field.policy(), environment) : null;
        if (reason == null && environment.getGraphQlContext().hasKey(SeenVersions.class)) {
            // It may have seen what is not in the remembered value, and so is not known to be missing.
            reason = "seen";
        }
        if (key == null || reason != null) {
            lookup.found(LookupResult.bypass(reason == null ? "parent" : reason));
            return resolver().get(environment);
        }
        return cache.get(key, field.policy(), () -> value(environment), lookup::found)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure));
    }

    /** The resolver's value, waited for: what is shared is complete. */
    private @Nullable Object value(DataFetchingEnvironment environment) throws Exception {
        return switch (resolver().get(environment)) {
            case Mono<?> later -> later.toFuture().join();
            case CompletionStage<?> later -> later.toCompletableFuture().join();
            case null -> null;
            case Object value -> value;
        };
    }
}
