package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RankingIT {

    private static final Duration NEVER = Duration.ofHours(1);

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    @Test
    void addsUpWhatAllInstancesSay(TestInfo test) {
        Ranking one = ranking(test, NEVER, 10);
        Ranking other = ranking(test, NEVER, 10);
        assertThat(one.top(10)).isEmpty();
        one.add(Map.of("a", 3L, "b", 4L, "c", 1L));
        other.add(Map.of("a", 3L));
        assertThat(one.top(10)).containsExactly("a", "b", "c");
        assertThat(one.top(2)).containsExactly("a", "b");
    }

    @Test
    void keepsNoMoreThanItMay(TestInfo test) {
        Ranking ranking = ranking(test, NEVER, 5);
        ranking.add(IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "m" + i, i -> 100L + i)));
        assertThat(ranking.top(100)).containsExactly("m99", "m98", "m97", "m96", "m95");
    }

    @Test
    void fadesByHalfInAHalfLifeWhoeverAdds(TestInfo test) throws InterruptedException {
        Duration halfLife = Duration.ofMillis(300);
        Ranking one = ranking(test, halfLife, 10);
        Ranking other = ranking(test, halfLife, 10);
        one.add(Map.of("a", 8L));
        TimeUnit.MILLISECONDS.sleep(400);
        one.add(Map.of("b", 5L));
        assertThat(one.top(2)).as("8 / 2 is less than 5").containsExactly("b", "a");
        other.add(Map.of("a", 0L));
        assertThat(score(test, "a")).as("once, however many add").isEqualTo(4);
        assertThat(score(test, "b")).isEqualTo(5);
    }

    @Test
    void fadesOnlyWhileSomethingIsAdded(TestInfo test) throws InterruptedException {
        Ranking ranking = ranking(test, Duration.ofMillis(50), 10);
        ranking.add(Map.of("a", 8L));
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(ranking.top(1)).containsExactly("a");
        assertThat(score(test, "a")).isEqualTo(8);
    }

    @Test
    void keepsItsKeysTogetherBehindThePrefix(TestInfo test) {
        ranking(test, NEVER, 10).add(Map.of("a", 1L));
        String key = "test:ranking:{" + test.getDisplayName() + "}:scores";
        assertThat(REDIS.template.hasKey(key)).isTrue();
        assertThat(REDIS.template.hasKey(key + ":halved")).isTrue();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void saysThatRedisIsDown(TestInfo test) {
        REDIS.stop();
        Ranking ranking = ranking(test, NEVER, 10);
        assertThatThrownBy(() -> ranking.top(1)).isInstanceOf(RedisDown.class);
        assertThatThrownBy(() -> ranking.add(Map.of("a", 1L))).isInstanceOf(RedisDown.class);
    }

    private static Ranking ranking(TestInfo test, Duration halfLife, int most) {
        return new Rankings(REDIS.template, RedisServer.SETTINGS).named(test.getDisplayName(), halfLife, most);
    }

    private static double score(TestInfo test, String member) {
        Double score = REDIS.template.opsForZSet().score("test:ranking:{" + test.getDisplayName() + "}:scores", member);
        return score == null ? 0 : score;
    }
}
