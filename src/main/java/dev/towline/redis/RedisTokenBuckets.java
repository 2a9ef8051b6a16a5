package dev.towline.redis;

import java.util.List;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/** Keeps each bucket under one key, which expires when the bucket is full. */
@Component
final class RedisTokenBuckets implements TokenBuckets {

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final RedisScript<List> LEASE =
            RedisScript.of(new ClassPathResource("lease.lua", RedisTokenBuckets.class), List.class);

    private final StringRedisTemplate redis;
    private final String keyPrefix;

    RedisTokenBuckets(StringRedisTemplate redis, RedisSettings settings) {
        this.redis = redis;
        this.keyPrefix = settings.keyPrefix();
    }

    @Override
    public Lease lease(String bucket, Filling filling, long charge, long wanted) {
        List<?> answer = Objects.requireNonNull(Commands.call(() -> redis.execute(
                LEASE,
                List.of(keyPrefix + "rate:{" + bucket + '}'),
                Long.toString(filling.burst()),
                Long.toString(filling.perSecond()),
                Long.toString(charge),
                Long.toString(wanted))));
        return new Lease((Long) answer.get(0), (Long) answer.get(1));
    }
}
