package dev.towline.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** A sorted set, and a key whose expiry triggers the next halving of scores. */
final class RedisRanking implements Ranking {

    private static final RedisScript<Long> ADD =
            RedisScript.of(new ClassPathResource("rank.lua", RedisRanking.class), Long.class);

    private final StringRedisTemplate redis;
    private final String scores;
    private final Duration halfLife;
    private final int most;

    /** @param key contains a hash tag in braces, so that both keys are on one cluster node */
    RedisRanking(StringRedisTemplate redis, String key, Duration halfLife, int most) {
        this.redis = redis;
        this.scores = key + ":scores";
        this.halfLife = halfLife;
        this.most = most;
    }

    @Override
    public void add(Map<String, Long> more) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(halfLife.toMillis()));
        arguments.add(Integer.toString(most));
        more.forEach((member, score) -> {
            arguments.add(member);
            arguments.add(Long.toString(score));
        });
        Commands.call(() -> redis.execute(ADD, List.of(scores, scores + ":halved"), arguments.toArray()));
    }

    @Override
    public List<String> top(int count) {
        Set<String> members = Commands.call(() -> redis.opsForZSet().reverseRange(scores, 0, count - 1L));
        return members == null ? List.of() : List.copyOf(members);
    }
}
