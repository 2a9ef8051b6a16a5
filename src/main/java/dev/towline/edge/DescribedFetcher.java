package dev.towline.edge;

import graphql.schema.DataFetcher;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/** Stands in front of a resolver and is described as it: Spring asks at start, to check resolvers against the schema. */
abstract class DescribedFetcher implements SelfDescribingDataFetcher<Object> {

    private final DataFetcher<?> resolver;

    DescribedFetcher(DataFetcher<?> resolver) {
        this.resolver = resolver;
    }

    final DataFetcher<?> resolver() {
        return resolver;
    }

    @Override
    public String getDescription() {
        return resolver instanceof SelfDescribingDataFetcher<?> known
                ? known.getDescription()
                : resolver.getClass().getName();
    }

    @Override
    public ResolvableType getReturnType() {
        return resolver instanceof SelfDescribingDataFetcher<?> known
                ? known.getReturnType()
                : ResolvableType.forClass(Object.class);
    }

    @Override
    public Map<String, ResolvableType> getArguments() {
        return resolver instanceof SelfDescribingDataFetcher<?> known ? known.getArguments() : Map.of();
    }
}
