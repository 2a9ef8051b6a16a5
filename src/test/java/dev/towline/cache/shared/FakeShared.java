package dev.towline.cache.shared;

import dev.towline.redis.SharedValues;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shared values in memory, with a clock that the test controls. */
public final class FakeShared implements SharedValues {

    private final InstantSource clock;
    private final Map<String, StoredValue> values = new HashMap<>();
    private final Map<String, SharedText> texts = new HashMap<>();

    /** The keys of each read so far. */
    public final List<List<String>> reads = new ArrayList<>();

    /** The exception of each call, null for none. */
    public volatile @Nullable RuntimeException failure;

    /** A hook that runs after each {@code hold}. */
    @Nullable
    Runnable onHold;

    private record StoredValue(Shared value, Instant until) {}

    private record SharedText(String text, Instant until) {}

    public FakeShared(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<byte @Nullable []> getAll(Tenant tenant, List<String> keys) {
        fail();
        reads.add(keys);
        List<byte @Nullable []> found = new ArrayList<>();
        for (String key : keys) {
            StoredValue held = present(tenant, key);
            found.add(held == null ? null : held.value.value());
        }
        return found;
    }

    @Override
    public synchronized void keep(Tenant tenant, Collection<Shared> kept) {
        fail();
        for (Shared each : kept) {
            StoredValue held = present(tenant, each.key());
            if (held == null || held.value.version() <= each.version()) {
                values.put(
                        tenant + " " + each.key(),
                        new StoredValue(each, clock.instant().plus(each.keptFor())));
            }
        }
    }

    @Override
    public synchronized void drop(Tenant tenant, Collection<String> keys) {
        fail();
        keys.forEach(key -> values.remove(tenant + " " + key));
    }

    @Override
    public synchronized String hold(String name, String proposed, boolean isAnew, Duration keptFor) {
        fail();
        SharedText present = texts.get(name);
        boolean isThere = present != null && clock.instant().isBefore(present.until);
        boolean stays = isThere && !isAnew;
        String text = stays && present != null ? present.text : proposed;
        texts.put(name, new SharedText(text, clock.instant().plus(keptFor)));
        if (onHold != null) {
            onHold.run();
        }
        return text;
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable StoredValue present(Tenant tenant, String key) {
        StoredValue held = values.get(tenant + " " + key);
        return held != null && clock.instant().isBefore(held.until) ? held : null;
    }
}
