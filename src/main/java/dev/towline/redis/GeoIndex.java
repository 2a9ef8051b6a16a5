package dev.towline.redis;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.viewer.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The position index of the vendors of each tenant in Redis, searched with {@code GEOSEARCH}. Each member has a version and some bytes. It is
 * in {@value #SHARDS} shards with keys of their own, so that a cluster spreads a large tenant, and no command holds up Redis for long. An index is
 * <em>built</em> after {@link #markBuilt}, as long as the same Redis processes run: a new index is not, nor is one that Redis has lost, restored
 * from a file, or has on a promoted replica. Blocking, thread-safe; every method throws {@link RedisDown}.
 */
@Component
public class GeoIndex implements AutoCloseable {

    /** The number of shards. Another number makes another index. */
    private static final int SHARDS = 8;

    private static final Set<Integer> ALL = IntStream.range(0, SHARDS).boxed().collect(Collectors.toUnmodifiableSet());

    /**
     * Redis accepts latitudes up to 85.05112878 degrees (https://redis.io/docs/latest/commands/geoadd/), but does not find a member that
     * lies exactly there, because its cell overflows.
     */
    private static final double MAX_LATITUDE = 85.05;

    /** The distance from that latitude to the pole, rounded up. */
    private static final double POLAR_CAP_METERS = 555_000;

    /** Redis rounds a position to 52 bits, which moves it by up to 0.6 m. */
    private static final double ROUNDING_METERS = 1;

    private final GeoIndexShards shards;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("geo-index-", 0).factory());

    GeoIndex(GeoIndexShards shards) {
        this.shards = shards;
    }

    /**
     * Whose vendors an index has.
     *
     * @param epoch the history of the table that the vendors come from: a restored table has another index
     */
    public record IndexKey(Tenant tenant, String epoch) {}

    /** A member of the index. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Member(String id, int version, byte[] bytes) {}

    /** A member to store at that position. */
    public record Placed(Member member, GeoPoint position) {}

    /**
     * Stores members at their positions, each unless the index has this or a newer version of it. One command for each shard.
     *
     * @return the ids of those that were stored
     */
    public Set<String> put(IndexKey key, Collection<Placed> members) {
        Map<Integer, List<Placed>> byShard = members.stream()
                .map(placed -> new Placed(placed.member, nearestStorable(placed.position)))
                .collect(Collectors.groupingBy(placed -> shardOf(placed.member.id)));
        return in(byShard.keySet(), shard -> shards.put(key, shard, byShard.getOrDefault(shard, List.of()))).stream()
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** Whether the index is complete. */
    public boolean isBuilt(IndexKey key) {
        return in(ALL, shard -> shards.isBuilt(key, shard)).stream().allMatch(built -> built);
    }

    /** All members within the radius and a few outside, which the caller must filter by exact distance. Null if the index is not built. */
    public @Nullable List<Member> around(IndexKey key, GeoPoint center, Meters radius) {
        GeoPoint nearest = nearestStorable(center);
        Meters reach = reach(center, radius);
        return complete(in(ALL, shard -> shards.around(key, shard, nearest, reach)));
    }

    /**
     * Passes all members to the consumer, a shard at a time.
     *
     * @return whether the index is built; if not, some members may be missing
     */
    public boolean forEach(IndexKey key, Consumer<Member> consumer) {
        boolean wasBuilt = isBuilt(key);
        ALL.forEach(shard -> shards.forEach(key, shard, consumer));
        return wasBuilt && isBuilt(key);
    }

    /**
     * Begins to build the index; call it before the first member is read.
     *
     * @return whether it is built already
     */
    public boolean begin(IndexKey key) {
        return in(ALL, shard -> shards.begin(key, shard)).stream().allMatch(built -> built);
    }

    /**
     * Marks the index as complete: every vendor is in it.
     *
     * @return whether it is built now; not if Redis has lost some of it since {@link #begin}
     */
    public boolean markBuilt(IndexKey key) {
        return in(ALL, shard -> shards.markBuilt(key, shard)).stream().allMatch(built -> built);
    }

    /** Removes these members. */
    public void drop(IndexKey key, Collection<String> ids) {
        Map<Integer, List<String>> byShard = ids.stream().collect(Collectors.groupingBy(GeoIndex::shardOf));
        byShard.forEach((shard, members) -> shards.drop(key, shard, members));
    }

    @Override
    public void close() {
        threads.close();
    }

    private static int shardOf(String id) {
        return Math.floorMod(id.hashCode(), SHARDS);
    }

    /** All these shards at once: a search must ask each of them, and a cluster has them on several nodes. */
    private <T> List<T> in(Set<Integer> chosen, Function<Integer, T> command) {
        if (chosen.size() == 1) {
            return chosen.stream().map(command).toList();
        }
        List<Future<T>> results = chosen.stream()
                .map(shard -> threads.submit(() -> command.apply(shard)))
                .toList();
        return results.stream().map(GeoIndex::result).toList();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisDown(new IllegalStateException("interrupted while waiting for Redis", e));
        }
    }

    private static @Nullable List<Member> complete(List<Optional<List<Member>>> parts) {
        return parts.stream().anyMatch(Optional::isEmpty)
                ? null
                : parts.stream()
                        .flatMap(part -> Objects.requireNonNull(part.orElse(null)).stream())
                        .toList();
    }

    /**
     * The nearest point that Redis can store and find. A longitude of 180 overflows like the maximum latitude; -180 is the same meridian.
     */
    private static GeoPoint nearestStorable(GeoPoint point) {
        GeoPoint within = point.withinLatitude(MAX_LATITUDE);
        return within.longitude() == 180 ? new GeoPoint(within.latitude(), -180) : within;
    }

    private static Meters reach(GeoPoint center, Meters radius) {
        // A degree of latitude is at least 110 km, so the result is an upper bound.
        double degrees = radius.value() / 110_000;
        boolean polar = Math.abs(center.latitude()) + degrees > MAX_LATITUDE;
        return new Meters(radius.value() + (polar ? 2 * POLAR_CAP_METERS : ROUNDING_METERS));
    }
}
