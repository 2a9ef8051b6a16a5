package dev.towline.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.problem.Limit;
import dev.towline.problem.RateLimited;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenStreamsTests {

    private static final Viewer ANN = viewer("ann");

    private final List<LimitedBy> refused = new ArrayList<>();
    private final OpenStreams streams =
            new OpenStreams(TestRates.settings(Map.of("viewer-streams", 2, "address-streams", 3)), refused::add);

    @Test
    void refusesOneMoreThanTheLimitAndNamesIt() {
        streams.ofViewer(ANN);
        streams.ofViewer(ANN);

        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> streams.ofViewer(ANN))
                .withMessage("There are too many open streams of this viewer: at most 2.")
                .satisfies(full -> assertThat(full.limit()).isEqualTo(new Limit("viewerStreams", 2)));
        assertThat(refused).containsExactly(LimitedBy.VIEWER);
        streams.ofViewer(viewer("bob"));
        IntStream.range(0, 3).forEach(_ -> streams.ofAddress(null));
        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> streams.ofAddress(null))
                .withMessageContaining("at most 3");
    }

    @Test
    void hasRoomAgainWhenOneEndsHoweverOftenThatIsSaid() {
        OpenStreams.Place first = streams.ofViewer(ANN);
        streams.ofViewer(ANN);
        first.release();
        first.release();

        streams.ofViewer(ANN);
        assertThatExceptionOfType(RateLimited.class).isThrownBy(() -> streams.ofViewer(ANN));
    }

    @Test
    void remembersNobodyWithoutStreams() {
        streams.ofViewer(ANN).release();

        assertThat(streams.subjects()).isZero();
    }

    @Test
    void countsRightWhateverComesAtOnce() {
        ConcurrentLinkedQueue<Integer> open = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, 8)
                    .forEach(_ -> threads.execute(() -> {
                        for (int i = 0; i < 2000; i++) {
                            try {
                                OpenStreams.Place place = streams.ofViewer(ANN);
                                open.add(1);
                                place.release();
                            } catch (RateLimited full) {
                                Thread.onSpinWait();
                            }
                        }
                    }));
        }

        assertThat(open).isNotEmpty();
        assertThat(streams.subjects()).isZero();
    }

    private static Viewer viewer(String subject) {
        return new Viewer(Role.CALLER, subject, new Tenant("acme"));
    }
}
