package dev.towline.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Unavailable;
import graphql.execution.AbortExecutionException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;

/** The log of failures whose client has left. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("what others log would be captured, too")
class DroppedErrorsTests {

    @BeforeEach
    void listen() {
        new DroppedErrors().afterPropertiesSet();
    }

    @AfterEach
    void reset() {
        Hooks.resetOnErrorDropped();
    }

    static Stream<RuntimeException> told() {
        Unavailable unavailable = new Unavailable("Later.", new CancellationException());
        return Stream.of(
                unavailable,
                new CompletionException(unavailable),
                new CancellationException(),
                new AbortExecutionException(),
                new SubscriptionPublisherException(List.of(), unavailable));
    }

    @ParameterizedTest
    @MethodSource("told")
    void doesNotLogErrorsThatTheCallerWouldHaveReceived(RuntimeException failure, CapturedOutput log) {
        failAfterTheSubscriberHasGone(failure);

        assertThat(log.getAll()).isEmpty();
    }

    @Test
    void logsAFaultOfTheService(CapturedOutput log) {
        failAfterTheSubscriberHasGone(new NullPointerException("by the test"));

        assertThat(log.getAll()).contains("ERROR", "DroppedErrors", "NullPointerException: by the test");
    }

    /** Fails after the cancellation of a subscription, as a WebSocket operation or an event stream is cancelled. */
    private static void failAfterTheSubscriberHasGone(RuntimeException failure) {
        BaseSubscriber<String> subscriber = new BaseSubscriber<>() {};
        Flux.<String>never().subscribe(subscriber);
        subscriber.cancel();
        subscriber.onError(failure);
    }
}
