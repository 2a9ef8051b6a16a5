package dev.towline.resolver;

import graphql.schema.DataFetcher;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/** Stands in front of a resolver and is described as it: Spring asks at start, to check resolvers against the schema. */
public abstract class DescribedFetcher implements SelfDescribingDataFetcher<Object> {

    private final DataFetcher<?> resolver;

    /** @param resolver the one that this stands in front of */
    protected DescribedFetcher(DataFetcher<?> resolver) {
        this.resolver = resolver;
    }

    /** The one that this stands in front of. */
    protected final DataFetcher<?> resolver() {
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
