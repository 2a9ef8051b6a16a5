package dev.towline.cache.shared;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.SharedTier;
import dev.towline.redis.BestEffort;
import dev.towline.redis.SharedValues;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeStage;
import dev.towline.store.EntityBytes;
import dev.towline.store.EntityKey;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The shared tier of one instance, in Redis or in a fake. */
public final class SharedFixture {

    public static final Duration LEASE = Duration.ofSeconds(3);

    private static final Duration RETENTION = Duration.ofMinutes(5);

    private final Generation generation;
    private final RedisSharedTier tier;
    private final SharedStage stage;

    /**
     * An instance.
     *
     * @param proven whether the bus of the instance is proven
     */
    public record Instance(VersionFloors floors, BooleanSupplier proven, InstantSource clock, CacheMetrics metrics) {}

    /**
     * @param tables the tables of the shared entities; if there are none, nothing is shared
     */
    public SharedFixture(SharedValues values, Instance instance, List<Table<?>> tables) {
        generation = new Generation(values::hold, instance.proven, instance.clock, LEASE);
        SharedTierSettings settings = new SharedTierSettings(
                !tables.isEmpty(), tables.stream().map(Table::entity).collect(Collectors.toSet()), RETENTION);
        BestEffort commands = new BestEffort(instance.metrics::sharedTierFailed);
        tier = new RedisSharedTier(
                settings,
                values,
                generation,
                new SharedEntityFormat(new EntityBytes(tables), RETENTION),
                instance.floors,
                commands);
        stage = new SharedStage(tier, instance.clock);
    }

    public SharedTier tier() {
        return tier;
    }

    public ChangeStage stage() {
        return stage;
    }

    /** The periodic work of the instance: it renews the generation. */
    public void hold() {
        generation.hold();
    }

    /** Ends the generation, as after a gap. */
    public void end() {
        generation.end();
    }

    /** The present generation, null if there is none. */
    public @Nullable String generation() {
        return generation.id();
    }

    /** Applies a write of the instance. */
    public void wrote(Change change) {
        stage.pass(new ChangeEvent.Applied(List.of(change), Origin.LOCAL));
    }

    /** Applies a write of the instance with an unknown outcome. */
    public void inDoubt(EntityKey key) {
        stage.pass(new ChangeEvent.Doubt(List.of(key)));
    }
}
