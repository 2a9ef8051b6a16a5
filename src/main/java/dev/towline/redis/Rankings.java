package dev.towline.redis;

import java.time.Duration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** The rankings of this service. Thread-safe. */
@Component
public class Rankings {

    private final StringRedisTemplate redis;
    private final String keyPrefix;

    Rankings(StringRedisTemplate redis, RedisSettings settings) {
        this.redis = redis;
        this.keyPrefix = settings.keyPrefix();
    }

    /**
     * The ranking of that name, behind the prefix of keys. Returns at once; nothing is asked of Redis yet.
     *
     * @param halfLife how often all scores are halved, while any are added
     * @param most how many members are kept
     */
    public Ranking named(String name, Duration halfLife, int most) {
        return new RedisRanking(redis, keyPrefix + "ranking:{" + name + '}', halfLife, most);
    }
}
