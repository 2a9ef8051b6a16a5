package dev.towline.redis;

import java.util.List;
import java.util.Map;

/** Members with scores that all instances add to, and that fade with time. Blocking, thread-safe; every method throws {@link RedisDown}. */
public interface Ranking {

    /** Adds to the scores of these members. If there are then more than are kept, those with the lowest scores are dropped. */
    void add(Map<String, Long> scores);

    /** Those with the highest scores, highest first. */
    List<String> top(int count);
}
