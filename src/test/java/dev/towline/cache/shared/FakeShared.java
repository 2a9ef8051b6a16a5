package dev.towline.cache.shared;

import dev.towline.redis.SharedValues;
import dev.towline.redis.TaggedValues;
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

/** Shared and tagged values in memory, with a clock that the test controls. */
public final class FakeShared implements SharedValues, TaggedValues {

    private final InstantSource clock;
    private final Map<String, StoredValue> values = new HashMap<>();
    private final Map<String, SharedText> texts = new HashMap<>();
    private final Map<String, StoredTagged> tagged = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();
    private int lastTagId;

    /** The keys of each read so far. */
    public final List<List<String>> reads = new ArrayList<>();

    /** The exception of each call, null for none. */
    public volatile @Nullable RuntimeException failure;

    /** Whether Redis loses invalidations, so that the values stay valid. */
    public boolean isLosingInvalidations;

    /** The lifetime of the last stored tagged value. */
    public Duration taggedFor = Duration.ZERO;

    /** A hook that runs before each command on tagged values. */
    @Nullable
    public Runnable onTagged;

    /** A hook that runs after each {@code hold}. */
    @Nullable
    Runnable onHold;

    private record StoredValue(Shared value, Instant until) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record StoredTagged(byte[] value, Map<String, Integer> tags, Instant until) {}

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

    @Override
    public Found find(Tenant tenant, String key) {
        meet();
        synchronized (this) {
            StoredTagged held = tagged.get(tenant + " " + key);
            boolean isOfUse = held != null
                    && clock.instant().isBefore(held.until)
                    && held.tags.entrySet().stream()
                            .allMatch(tag -> tag.getValue().equals(tags.get(tag.getKey())));
            return new Found(isOfUse && held != null ? held.value : null, Integer.toString(tag(tenant, "lease")));
        }
    }

    @Override
    public void keep(Tenant tenant, String key, String lease, Tagged value) {
        meet();
        synchronized (this) {
            taggedFor = value.keptFor();
            boolean isNewest = value.versions().entrySet().stream().allMatch(each -> {
                StoredValue shared = present(tenant, each.getKey());
                return shared == null || shared.value.version() <= each.getValue();
            });
            if (isNewest && lease.equals(String.valueOf(tags.get(tenant + " lease")))) {
                Map<String, Integer> kept = new HashMap<>();
                value.tags().forEach(tag -> kept.put(tenant + " tag " + tag, tag(tenant, "tag " + tag)));
                tagged.put(
                        tenant + " " + key,
                        new StoredTagged(value.value(), kept, clock.instant().plus(value.keptFor())));
            }
        }
    }

    @Override
    public void invalidate(Tenant tenant, Collection<String> invalidated) {
        meet();
        synchronized (this) {
            if (isLosingInvalidations) {
                return;
            }
            tags.remove(tenant + " lease");
            invalidated.forEach(tag -> tags.remove(tenant + " tag " + tag));
        }
    }

    @Override
    public void invalidateAll(Tenant tenant) {
        meet();
        synchronized (this) {
            tags.keySet().removeIf(tag -> tag.startsWith(tenant + " "));
        }
    }

    private int tag(Tenant tenant, String tag) {
        return tags.computeIfAbsent(tenant + " " + tag, _ -> ++lastTagId);
    }

    private void meet() {
        fail();
        if (onTagged != null) {
            onTagged.run();
        }
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
