package dev.towline.cache.warmup;

import dev.towline.redis.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A ranking in memory that fails on demand. */
final class FakeRanking implements Ranking {

    /** The additions, in order. */
    final List<Map<String, Long>> added = new CopyOnWriteArrayList<>();

    /** The members, most used first. */
    final List<String> top = new ArrayList<>();

    /** How often it was asked for the top. */
    final AtomicInteger asked = new AtomicInteger();

    volatile @Nullable RuntimeException failure;

    @Override
    public void add(Map<String, Long> scores) {
        fail();
        added.add(scores);
    }

    @Override
    public List<String> top(int count) {
        asked.incrementAndGet();
        fail();
        return top.subList(0, Math.min(count, top.size()));
    }

    private void fail() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }
}
