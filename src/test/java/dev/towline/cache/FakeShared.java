package dev.towline.cache;

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

/** What instances share, in the memory of a test, with a clock that the test moves. */
final class FakeShared implements SharedValues {

    private final InstantSource clock;
    private final Map<String, Held> values = new HashMap<>();
    private final Map<String, Word> words = new HashMap<>();

    /** The keys of each read so far. */
    final List<List<String>> reads = new ArrayList<>();

    /** What each call throws, if anything. */
    volatile @Nullable RuntimeException failure;

    /** What each holding of a word meets, after it was held. */
    @Nullable
    Runnable onHold;

    private record Held(Shared value, Instant until) {}

    private record Word(String text, Instant until) {}

    FakeShared(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<byte @Nullable []> getAll(Tenant tenant, List<String> keys) {
        fail();
        reads.add(keys);
        List<byte @Nullable []> found = new ArrayList<>();
        for (String key : keys) {
            Held held = present(tenant, key);
            found.add(held == null ? null : held.value.value());
        }
        return found;
    }

    @Override
    public synchronized void keep(Tenant tenant, Collection<Shared> kept) {
        fail();
        for (Shared each : kept) {
            Held held = present(tenant, each.key());
            if (held == null || held.value.version() <= each.version()) {
                values.put(
                        tenant + " " + each.key(),
                        new Held(each, clock.instant().plus(each.keptFor())));
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

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable Held present(Tenant tenant, String key) {
        Held held = values.get(tenant + " " + key);
        return held != null && clock.instant().isBefore(held.until) ? held : null;
    }
}
