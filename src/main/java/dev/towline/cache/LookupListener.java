package dev.towline.cache;

import graphql.execution.ResultPath;

/**
 * Receives each lookup result of a request. Register it in the {@link graphql.GraphQLContext} under this class. Thread-safe, does not
 * block.
 */
@FunctionalInterface
public interface LookupListener {

    /**
     * Receives the result of a lookup.
     *
     * @param path the path of the field in the response
     * @param policy the cache policy of the field
     */
    void onLookup(ResultPath path, CachePolicy policy, LookupResult result);
}
