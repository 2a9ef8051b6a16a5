package dev.towline.edge.socket;

import static dev.towline.edge.http.FakeGraphQl.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.SomeDocuments;
import dev.towline.edge.http.FakeGraphQl;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.socket.CloseStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.json.JsonMapper;

/** Races of operations over a WebSocket. */
@Timeout(30)
class SocketOperationTests {

    private static final String COMPLETE = "{'id':'1','type':'complete'}";
    private static final GraphQLError ERROR =
            GraphqlErrorBuilder.newError().message("no such thing").build();
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FakeGraphQl graphQl = new FakeGraphQl();
    private final SocketHandler handler = new SocketHandler(
            graphQl,
            JsonMapper.shared(),
            new SocketSettings(LONG, LONG, DataSize.ofKilobytes(1), LONG),
            new RetryTimes(new Random(), LONG),
            SomeDocuments.unknown(),
            Limited.by(Map.of()),
            new BodyBudget(1 << 20),
            InstantSource.system());
    private final FakeSocket socket = FakeSocket.introduced(handler);

    @Test
    void sendsNothingForACancelledOperation() {
        Sinks.One<Object> data = Sinks.one();
        AtomicBoolean cancelled = new AtomicBoolean();
        graphQl.operation = () -> data.asMono().doOnCancel(() -> cancelled.set(true));
        socket.subscribes("1").says(COMPLETE);

        assertThat(cancelled).isTrue();
        var _ = data.tryEmitValue(1);
        assertThat(socket.heardAll()).isTrue();
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void doesNotSubscribeForAClosedConnection() {
        Sinks.One<Object> data = Sinks.one();
        TestPublisher<Object> stream = TestPublisher.create();
        graphQl.operation = data::asMono;
        socket.subscribes("1").leaves();

        var _ = data.tryEmitValue(stream.flux());

        stream.assertWasNotSubscribed();
        assertThat(socket.heardAll()).isTrue();
    }

    @Test
    void closesASocketThatRepeatsAnIdBeforeTheFirstOperationStarts() {
        graphQl.operation = Mono::never;
        socket.subscribes("twice").subscribes("twice");

        assertThat(socket.closed()).isEqualTo(new CloseStatus(4409, "Subscriber for twice already exists"));
    }

    @Test
    void truncatesTheReasonToACloseFrame() {
        graphQl.operation = Mono::never;
        String id = "\u20ac".repeat(200);
        socket.subscribes(id).subscribes(id);

        assertThat(socket.closed().getCode()).isEqualTo(4409);
        assertThat(socket.closed().getReason()).startsWith("Subscriber for ???").hasSizeLessThan(124);
    }

    @Test
    void reportsAFailureAsAnErrorAndFreesTheId() {
        graphQl.operation = () -> Mono.error(new IllegalStateException("jdbc:secret"));
        String error = socket.subscribes("1").hears();
        assertThat(error)
                .startsWith("{'id':'1','type':'error','payload':[{")
                .contains("'code':'INTERNAL'", "'correlationId':'")
                .doesNotContain("secret");

        graphQl.operation = () -> Mono.just(2);
        assertThat(socket.subscribes("1").hears()).isEqualTo("{'id':'1','type':'next','payload':{'data':2}}");
    }

    @Test
    void reportsErrorsWithinAStreamAndGoesOn() {
        TestPublisher<Object> stream = TestPublisher.create();
        graphQl.operation = () -> Mono.just(stream.flux());
        socket.subscribes("1");
        stream.next(ExecutionResult.newExecutionResult().addError(ERROR).build());
        stream.next(result(2));
        stream.complete();

        assertThat(socket.hears())
                .startsWith("{'id':'1','type':'next','payload':{'errors':[{'message':'no such thing'");
        assertThat(socket.hears()).isEqualTo("{'id':'1','type':'next','payload':{'data':{'field':2}}}");
        assertThat(socket.hears()).isEqualTo(COMPLETE);
    }

    @Test
    void reportsTheErrorsThatEndAStream() {
        TestPublisher<Object> stream = TestPublisher.create();
        graphQl.operation = () -> Mono.just(stream.flux());
        socket.subscribes("1");
        stream.error(new SubscriptionPublisherException(List.of(ERROR), new IllegalStateException("jdbc:secret")));

        assertThat(socket.hears())
                .startsWith("{'id':'1','type':'error','payload':[{'message':'no such thing'")
                .doesNotContain("secret");
        assertThat(socket.heardAll()).isTrue();
    }

    @Test
    void reportsAResultThatCannotBeEncodedAsAnError() {
        TestPublisher<Object> stream = TestPublisher.create();
        graphQl.operation = () -> Mono.just(stream.flux());
        socket.subscribes("1");
        stream.next("no result");

        assertThat(socket.hears()).startsWith("{'id':'1','type':'error'").doesNotContain("ClassCast");
        stream.assertCancelled();
    }

    @Test
    void doesNotConfirmACompleteOfTheClient() {
        TestPublisher<Object> stream = TestPublisher.create();
        graphQl.operation = () -> Mono.just(stream.flux());
        socket.subscribes("1");
        stream.next(result(1));
        assertThat(socket.hears()).contains("'next'");

        socket.says(COMPLETE);

        stream.assertCancelled();
        assertThat(socket.heardAll()).isTrue();
    }

    @Test
    void acceptsACompleteForAnEndedOperation() {
        socket.subscribes("1").says(COMPLETE).says(COMPLETE);

        assertThat(socket.hears()).contains("'next'");
        assertThat(socket.hears()).isEqualTo(COMPLETE);
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void freesAnIdBeforeItSendsComplete() {
        AtomicInteger left = new AtomicInteger(2);
        socket.onHearing = message -> {
            if (message.equals(COMPLETE) && left.getAndDecrement() > 0) {
                socket.subscribes("1");
            }
        };
        socket.subscribes("1");

        assertThat(socket.isOpen()).isTrue();
        List<String> heard = new ArrayList<>();
        while (!socket.heardAll()) {
            heard.add(socket.hears());
        }
        assertThat(heard).filteredOn(COMPLETE::equals).hasSize(3);
    }

    @Test
    void requestsAResultOnlyAfterTheLastOneIsSent() {
        List<String> order = new ArrayList<>();
        socket.onHearing = message -> order.add(message.contains("'next'") ? "sent" : "completed");
        graphQl.operation = () -> Mono.just(
                Flux.range(1, 2).map(FakeGraphQl::result).doOnRequest(count -> order.add("asked for " + count)));
        socket.subscribes("1");

        assertThat(order).containsExactly("asked for 1", "sent", "asked for 1", "sent", "asked for 1", "completed");
    }

    @Test
    void endsAllOperationsOfAClosedConnectionEvenIfOneCannotBeCancelled() {
        AtomicInteger stopped = new AtomicInteger();
        graphQl.operation = () -> Mono.<Publisher<Object>>just(subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                stopped.incrementAndGet();
                throw new IllegalStateException("it cannot be stopped");
            }
        }));
        socket.subscribes("1").subscribes("2").subscribes("3").leaves();

        assertThat(stopped).hasValue(3);
    }
}
