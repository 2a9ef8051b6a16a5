package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

class FaultsTests {

    private final Faults faults = new Faults();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void hitsAsManyRequestsAsItIsSetFor() {
        faults.plan(Fault.refuse(), 2);

        assertThatThrownBy(() -> ask(Operation.GET_ITEM)).isInstanceOf(DaxError.class);
        assertThatThrownBy(() -> ask(Operation.QUERY)).isInstanceOf(DaxError.class);
        assertThat(ask(Operation.GET_ITEM)).isEqualTo(1);
    }

    @Test
    void hitsOnlyTheOperationsThatItIsSetFor() {
        faults.plan(Fault.refuse(), Faults.ALWAYS, Operation.PUT_ITEM, Operation.SCAN);

        assertThat(ask(Operation.GET_ITEM)).isEqualTo(1);
        assertThatThrownBy(() -> ask(Operation.SCAN)).isInstanceOf(DaxError.class);
    }

    @Test
    void hitsEveryRequestUntilItIsCleared() {
        faults.plan(Fault.throttle(), Faults.ALWAYS);

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> ask(Operation.GET_ITEM))
                    .isInstanceOf(ProvisionedThroughputExceededException.class);
        }
        faults.clear();
        assertThat(ask(Operation.GET_ITEM)).isEqualTo(1);
    }

    @Test
    void takesFaultsInTheOrderInWhichTheyWereSet() {
        faults.plan(Fault.cutBefore(), 1);
        faults.plan(Fault.refuse(), 1);

        assertThatThrownBy(() -> ask(Operation.GET_ITEM)).isInstanceOf(ConnectionCut.class);
        assertThatThrownBy(() -> ask(Operation.GET_ITEM)).isInstanceOf(DaxError.class);
    }

    @Test
    void cutsBeforeOrAfterTheOperation() {
        faults.plan(Fault.cutBefore(), 1);
        assertThatThrownBy(() -> ask(Operation.PUT_ITEM)).isInstanceOf(ConnectionCut.class);
        assertThat(done).hasValue(0);

        faults.plan(Fault.cutAfter(), 1);
        assertThatThrownBy(() -> ask(Operation.PUT_ITEM)).isInstanceOf(ConnectionCut.class);
        assertThat(done).hasValue(1);
    }

    @Test
    void delaysAnAnswer() {
        Duration delay = Duration.ofMillis(30);
        faults.plan(Fault.delay(delay), 1);
        long start = System.nanoTime();

        ask(Operation.GET_ITEM);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
    }

    private int ask(Operation operation) {
        return faults.apply(operation, done::incrementAndGet);
    }
}
