package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Change;
import dev.towline.store.EntityKey;
import dev.towline.store.Notes;
import dev.towline.store.Notes.Line;
import dev.towline.store.Notes.Note;
import dev.towline.viewer.Tenant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardsTests {

    private final Shards two = new Shards(2);

    /** Instances of different versions must agree, so this may never change for a number of shards. */
    @Test
    void everyVersionComputesTheSame() {
        assertThat(IntStream.range(0, 12).map(id -> new Shards(5).of(key("acme", "s" + id))))
                .containsExactly(3, 4, 2, 1, 4, 4, 4, 3, 1, 2, 2, 3);
    }

    @Test
    void oneShardHasEverything() {
        assertThat(Shards.ONE.of(key("acme", "s1"))).isZero();
        assertThat(Shards.ONE.all()).containsExactly(0);
    }

    @Test
    void rowsOfAListGoWithTheirOwner() {
        Note owner = Note.first("n7", "top", "a");
        for (int count = 2; count <= 64; count++) {
            Shards shards = new Shards(count);
            assertThat(shards.of(Line.first(Notes.ACME, "n7", 3).key())).isEqualTo(shards.of(owner.key()));
        }
    }

    @Test
    void idsThatDifferLittleAreSpread() {
        Shards shards = new Shards(8);
        var sizes = IntStream.range(0, 8_000)
                .mapToObj(id -> shards.of(key("acme", "session-" + id)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(sizes).hasSize(8);
        assertThat(sizes.values()).allMatch(size -> size > 850 && size < 1_150);
    }

    @Test
    void tenantsWithEqualIdsAreSpread() {
        Shards shards = new Shards(8);
        assertThat(IntStream.range(0, 100)
                        .map(tenant -> shards.of(key("tenant" + tenant, "1")))
                        .distinct()
                        .count())
                .isEqualTo(8);
    }

    @Test
    void aWriteTouchesEachOfItsShardsOnce() {
        List<Change> all = IntStream.range(0, 10)
                .mapToObj(id -> new Change(Note.first("n" + id, "top", "a"), null))
                .toList();

        assertThat(two.of(all)).containsExactly(0, 1);
        assertThat(two.of(all.subList(0, 1))).hasSize(1);
        assertThat(two.of(List.of())).containsExactly(Shards.COMMON);
    }

    private static EntityKey key(String tenant, String id) {
        return new Key(new Tenant(tenant), id);
    }

    private record Key(Tenant tenant, String id) implements EntityKey {

        @Override
        public String entity() {
            return "thing";
        }
    }
}
