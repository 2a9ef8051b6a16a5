package dev.towline.cache;

import graphql.execution.ResultPath;

/**
 * Is told what came of each lookup of a request: put one into the {@link graphql.GraphQLContext} under this class. Thread-safe, does not
 * block.
 */
@FunctionalInterface
public interface LookupListener {

    /** @param field what holds for the field that was looked up, at this path of the answer */
    void found(ResultPath path, CachePolicy field, LookupResult result);
}
