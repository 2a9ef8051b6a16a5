package dev.towline.cache;

import dev.towline.resolver.DescribedFetcher;
import dev.towline.store.ComputedValue;
import dev.towline.store.SeenVersions;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Wraps the resolver of a cached field whose result is a computed value, and looks in the cache before it calls the resolver. Thread-safe. */
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
        String reason = field.policy().enabled() ? null : "off";
        ComputedKey key = reason == null ? ComputedKey.of(field.policy(), environment) : null;
        if (reason == null && environment.getGraphQlContext().hasKey(SeenVersions.class)) {
            // A cached value may lack an entity that the client has seen, and then there is no version to compare.
            reason = "seen";
        }
        Provenance provenance = Provenance.in(environment.getGraphQlContext());
        if (key == null || reason != null) {
            if (provenance != null) {
                provenance.hasOther();
            }
            LookupResult bypass = LookupResult.bypass(reason == null ? "parent" : reason);
            return passing(
                    resolver().get(environment),
                    value -> field.onLookup(
                            environment, value instanceof ComputedValue known ? bypass.of(known) : bypass));
        }
        return cache.get(key, field.policy(), () -> value(environment), result -> field.onLookup(environment, result))
                .whenComplete((value, _) -> {
                    if (provenance != null) {
                        provenance.add(field.isPrivate(), cache.ingredient(field, key, value));
                    }
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure));
    }

    /** The result of a resolver, whose value passes the listener as soon as it is there; null if it failed. */
    private static @Nullable Object passing(@Nullable Object result, Consumer<@Nullable Object> listener) {
        return switch (result) {
            case Mono<?> later -> passing(later.toFuture(), listener);
            case CompletionStage<?> later -> later.whenComplete((value, _) -> listener.accept(value));
            case null, default -> {
                listener.accept(result);
                yield result;
            }
        };
    }

    /** Waits for the value of the resolver, because the cache stores values, not futures. */
    private @Nullable Object value(DataFetchingEnvironment environment) throws Exception {
        return switch (resolver().get(environment)) {
            case Mono<?> later -> later.toFuture().join();
            case CompletionStage<?> later -> later.toCompletableFuture().join();
            case null -> null;
            case Object value -> value;
        };
    }
}
