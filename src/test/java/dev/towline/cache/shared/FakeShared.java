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

/** What instances share, in the memory of a test, with a clock that the test moves. */
public final class FakeShared implements SharedValues, TaggedValues {

    private final InstantSource clock;
    private final Map<String, MemorySize> values = new HashMap<>();
    private final Map<String, Word> words = new HashMap<>();
    private final Map<String, MarkedHeld> marked = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();
    private int lastMark;

    /** The keys of each read so far. */
    public final List<List<String>> reads = new ArrayList<>();

    /** What each call throws, if anything. */
    public volatile @Nullable RuntimeException failure;

    /** Whether what is struck out is there all the same: Redis has forgotten it again. */
    public boolean isForgettingStrikes;

    /** How long the last marked value is to be kept. */
    public Duration markedFor = Duration.ZERO;

    /** What each command about marked values meets, before it is carried out. */
    @Nullable
    public Runnable onMarked;

    /** What each holding of a word meets, after it was held. */
    @Nullable
    Runnable onHold;

    private record MemorySize(Shared value, Instant until) {}

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record MarkedHeld(byte[] value, Map<String, Integer> tags, Instant until) {}

    private record Word(String text, Instant until) {}

    public FakeShared(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<byte @Nullable []> getAll(Tenant tenant, List<String> keys) {
        fail();
        reads.add(keys);
        List<byte @Nullable []> found = new ArrayList<>();
        for (String key : keys) {
            MemorySize held = present(tenant, key);
            found.add(held == null ? null : held.value.value());
        }
        return found;
    }

    @Override
    public synchronized void keep(Tenant tenant, Collection<Shared> kept) {
        fail();
        for (Shared each : kept) {
            MemorySize held = present(tenant, each.key());
            if (held == null || held.value.version() <= each.version()) {
                values.put(
                        tenant + " " + each.key(),
                        new MemorySize(each, clock.instant().plus(each.keptFor())));
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
        Word word = words.get(name);
        boolean isThere = word != null && clock.instant().isBefore(word.until);
        boolean stays = isThere && !isAnew;
        String text = stays && word != null ? word.text : proposed;
        words.put(name, new Word(text, clock.instant().plus(keptFor)));
        if (onHold != null) {
            onHold.run();
        }
        return text;
    }

    @Override
    public Found find(Tenant tenant, String key) {
        meet();
        synchronized (this) {
            MarkedHeld held = marked.get(tenant + " " + key);
            boolean isOfUse = held != null
                    && clock.instant().isBefore(held.until)
                    && held.tags.entrySet().stream()
                            .allMatch(tag -> tag.getValue().equals(tags.get(tag.getKey())));
            return new Found(isOfUse && held != null ? held.value : null, Integer.toString(tag(tenant, "ticket")));
        }
    }

    @Override
    public void keep(Tenant tenant, String key, String lease, Tagged value) {
        meet();
        synchronized (this) {
            markedFor = value.keptFor();
            boolean isNewest = value.versions().entrySet().stream().allMatch(each -> {
                MemorySize shared = present(tenant, each.getKey());
                return shared == null || shared.value.version() <= each.getValue();
            });
            if (isNewest && lease.equals(String.valueOf(tags.get(tenant + " ticket")))) {
                Map<String, Integer> kept = new HashMap<>();
                value.tags().forEach(tag -> kept.put(tenant + " mark " + tag, tag(tenant, "mark " + tag)));
                marked.put(
                        tenant + " " + key,
                        new MarkedHeld(value.value(), kept, clock.instant().plus(value.keptFor())));
            }
        }
    }

    @Override
    public void invalidate(Tenant tenant, Collection<String> struck) {
        meet();
        synchronized (this) {
            if (isForgettingStrikes) {
                return;
            }
            tags.remove(tenant + " ticket");
            struck.forEach(tag -> tags.remove(tenant + " mark " + tag));
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
        return tags.computeIfAbsent(tenant + " " + tag, _ -> ++lastMark);
    }

    private void meet() {
        fail();
        if (onMarked != null) {
            onMarked.run();
        }
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable MemorySize present(Tenant tenant, String key) {
        MemorySize held = values.get(tenant + " " + key);
        return held != null && clock.instant().isBefore(held.until) ? held : null;
    }
}
