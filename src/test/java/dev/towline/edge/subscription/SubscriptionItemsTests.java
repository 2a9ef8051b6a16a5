package dev.towline.edge.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.DataLoaderDispatchStrategy;
import graphql.execution.SimpleDataFetcherExceptionHandler;
import graphql.execution.instrumentation.dataloader.PerLevelDataLoaderDispatchStrategy;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.DataFetchingEnvironmentImpl.DFEInternalState;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class SubscriptionItemsTests {

    private static final int ITEMS = 200;

    private record Item(int number) {}

    private final List<WeakReference<Item>> sent = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final Set<DataLoaderDispatchStrategy> dispatchers = new HashSet<>();

    /** A stream may last for days, and the dispatcher of its loaders has a record of each item. */
    @Test
    void keepsNothingOfAnItemAsLongAsTheStreamLasts() throws ReflectiveOperationException {
        Publisher<ExecutionResult> stream =
                Objects.requireNonNull(graphQl().execute(request()).getData());
        Receiver receiver = new Receiver();
        stream.subscribe(receiver);

        receiver.request(ITEMS);

        assertThat(received).hasSize(ITEMS).last().isEqualTo("{item={name=no. 199}}");
        assertThat(keptAfterCollection()).isLessThan(ITEMS / 10);
        assertThat(dispatchers).hasSize(1);
        assertThat(records(dispatchers.iterator().next())).isEmpty();
        assertThat(receiver.isDisposed()).isFalse();
    }

    private static Map<?, ?> records(DataLoaderDispatchStrategy dispatcher) throws ReflectiveOperationException {
        Field records = PerLevelDataLoaderDispatchStrategy.class.getDeclaredField("alternativeCallContextMap");
        records.setAccessible(true);
        return (Map<?, ?>) Objects.requireNonNull(records.get(dispatcher));
    }

    private long keptAfterCollection() {
        System.gc();
        return sent.stream().filter(item -> item.get() != null).count();
    }

    private ExecutionInput request() {
        DataLoader<Integer, String> names =
                DataLoaderFactory.newDataLoader(numbers -> CompletableFuture.completedFuture(
                        numbers.stream().map(number -> "no. " + number).toList()));
        return ExecutionInput.newExecutionInput("subscription { item { name } }")
                .graphQLContext(Map.of(Viewer.CONTEXT_KEY, new Viewer(Role.DISPATCHER, "", new Tenant("acme"))))
                .dataLoaderRegistry(DataLoaderRegistry.newRegistry()
                        .register("names", names)
                        .build())
                .build();
    }

    private GraphQL graphQl() {
        var definitions = new SchemaParser()
                .parse("type Query { a: Int } type Subscription { item: Item } type Item { name: String }");
        var wiring = RuntimeWiring.newRuntimeWiring()
                .type("Subscription", type -> type.dataFetcher("item", this::items))
                .type("Item", type -> type.dataFetcher("name", SubscriptionItemsTests::name))
                .build();
        return GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(definitions, wiring))
                .subscriptionExecutionStrategy(new SubscriptionItems(
                        new SimpleDataFetcherExceptionHandler(), JsonMapper.shared(), new SimpleMeterRegistry()))
                .build();
    }

    private static CompletableFuture<String> name(DataFetchingEnvironment environment) {
        Item item = Objects.requireNonNull(environment.getSource());
        DataLoader<Integer, String> names = Objects.requireNonNull(environment.getDataLoader("names"));
        return names.load(item.number());
    }

    private Flux<Item> items(DataFetchingEnvironment environment) {
        dispatchers.add(((DFEInternalState) ((DataFetchingEnvironmentImpl) environment).toInternal())
                .getDataLoaderDispatchStrategy());
        return Flux.generate(() -> 0, (number, sink) -> {
            Item item = new Item(number);
            sent.add(new WeakReference<>(item));
            sink.next(item);
            return number + 1;
        });
    }

    private final class Receiver extends BaseSubscriber<ExecutionResult> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // asks later
        }

        @Override
        protected void hookOnNext(ExecutionResult result) {
            received.add(String.valueOf(result.<Object>getData()));
        }
    }
}
