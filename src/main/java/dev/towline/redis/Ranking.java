package dev.towline.redis;

import java.util.List;
import java.util.Map;

/** Members with scores that all instances add to and that decay with time. Blocking, thread-safe; every method throws {@link RedisDown}. */
public interface Ranking {

    /** Adds to the scores of these members, then drops the members with the lowest scores beyond the limit. */
    void add(Map<String, Long> scores);

    /** The members with the highest scores, highest first. */
    List<String> top(int count);
}
