package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.EntityKey;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which shard of the bus carries the changes of an entity, as every instance computes it. Rows of a list have the id of their owner, so they
 * have its shard.
 *
 * @param count the number of shards, which are counted from 0
 */
record Shards(int count) {

    /** The shard of messages that are not about changes, which every instance listens to. */
    static final int COMMON = 0;

    /** One shard for everything. */
    static final Shards ONE = new Shards(1);

    int of(EntityKey entity) {
        if (count == 1) {
            return COMMON;
        }
        return Math.floorMod(mixed(entity.ownerHash()), count);
    }

    /** The shards of a write, in ascending order; the common one if it has no changes. */
    Set<Integer> of(Collection<Change> write) {
        return write.isEmpty()
                ? Set.of(COMMON)
                : write.stream().map(change -> of(change.key())).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<Integer> all() {
        return IntStream.range(0, count).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /** Spreads ids that differ little over all bits. This is the finalizer of MurmurHash3, by Austin Appleby. */
    private static int mixed(int hash) {
        int mixed = hash;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
