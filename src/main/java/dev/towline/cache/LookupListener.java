package dev.towline.cache;

import graphql.execution.ResultPath;

/**
 * Is told what came of each lookup of a request: put one into the {@link graphql.GraphQLContext} under this class. Thread-safe, does not
 * block.
 */
@FunctionalInterface
public interface LookupListener {

    /**
     * A field was looked up.
     *
     * @param path of the field in the answer
     * @param field what holds for it
     */
    void found(ResultPath path, CachePolicy field, LookupResult result);
}
