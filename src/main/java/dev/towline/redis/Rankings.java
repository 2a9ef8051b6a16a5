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
     * The ranking of that name. Does not call Redis yet.
     *
     * @param halfLife the interval at which additions halve all scores
     * @param most the maximum number of members
     */
    public Ranking named(String name, Duration halfLife, int most) {
        return new RedisRanking(redis, keyPrefix + "ranking:{" + name + '}', halfLife, most);
    }
}
