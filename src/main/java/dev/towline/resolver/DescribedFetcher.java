package dev.towline.resolver;

import graphql.schema.DataFetcher;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/** A decorator of a resolver that returns the resolver's description, which Spring checks against the schema at start. */
public abstract class DescribedFetcher implements SelfDescribingDataFetcher<Object> {

    private final DataFetcher<?> resolver;

    /** @param resolver the decorated resolver */
    protected DescribedFetcher(DataFetcher<?> resolver) {
        this.resolver = resolver;
    }

    /** The decorated resolver. */
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
