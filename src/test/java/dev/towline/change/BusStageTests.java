package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.EntityBytes;
import dev.towline.store.EntityKey;
import dev.towline.store.NumberedChanges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusStageTests {

    private final List<String> noted = new ArrayList<>();
    private final NumberedChanges numbers = new NumberedChanges() {
        @Override
        public void applied(long publisher, long number, List<Change> write, Predicate<EntityKey> told) {
            noted.add("applied " + number);
        }

        @Override
        public void reached(long publisher, long number) {}

        @Override
        public void left(long publisher) {}

        @Override
        public void lost(long publisher) {}

        @Override
        public void missed() {
            noted.add("missed");
        }
    };
    private final Bus bus = new Bus(
            new FakeRedis().line(),
            new CoherenceSettings(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMinutes(1), 1),
            new SimpleMeterRegistry(),
            InstantSource.system(),
            new BusListener() {
                @Override
                public void received(int shard, Frame.Header header, byte[] payload) {}

                @Override
                public void missed(Reason reason) {}

                @Override
                public void published(int shard, long publisher, long number, List<Change> write) {
                    numbers.applied(publisher, number, write, _ -> true);
                }
            });
    private final BusStage stage = new BusStage(bus, new ChangeMessages(new EntityBytes(List.of())), numbers);

    @Test
    void localWritesAreNumberedAndRemoteOnesAreNotPublished() {
        stage.pass(new ChangeEvent.Applied(List.of(), Origin.LOCAL));
        stage.pass(new ChangeEvent.Applied(List.of(), Origin.REMOTE));

        assertThat(noted).containsExactly("applied 1");
    }

    /** A position from before that must not be resumed: versions may be lower now. */
    @ParameterizedTest
    @EnumSource
    void whoFollowsNumbersBeginsAnewWhenTablesWereReplaced(Reason reason) {
        stage.pass(new ChangeEvent.Gap(reason));

        if (reason == Reason.TABLES_REPLACED) {
            assertThat(noted).containsExactly("applied 1", "missed");
        } else {
            assertThat(noted).as("the receiver tells these").isEmpty();
        }
    }
}
