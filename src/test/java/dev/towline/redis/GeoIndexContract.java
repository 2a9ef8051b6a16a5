package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.redis.GeoIndex.IndexKey;
import dev.towline.redis.GeoIndex.Member;
import dev.towline.redis.GeoIndex.Placed;
import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The contract of {@link GeoIndex} in a real Redis, which is emptied before each test. */
abstract class GeoIndexContract {

    private static final IndexKey ACME = new IndexKey(new Tenant("acme"), "e1");
    private static final IndexKey ZENITH = new IndexKey(new Tenant("zenith"), "e1");
    private static final GeoPoint HERE = new GeoPoint(51.5, -0.1);

    private final StringRedisTemplate redis;

    @AutoClose
    private final GeoIndex index;

    GeoIndexContract(StringRedisTemplate redis) {
        this.redis = redis;
        this.index = new GeoIndex(new GeoIndexShards(redis, RedisServer.SETTINGS));
        empty();
    }

    private void empty() {
        redis.delete(redis.keys("*"));
    }

    @Test
    void anOlderVersionNeverReplacesANewerOne() {
        build();
        assertThat(index.put(ACME, List.of(placed("v", 9, HERE), placed("w", 1, HERE))))
                .containsExactlyInAnyOrder("v", "w");
        assertThat(index.put(ACME, List.of(placed("v", 10, HERE), placed("w", 1, HERE))))
                .containsExactly("v");
        assertThat(index.put(ACME, List.of(placed("v", 9, new GeoPoint(0, 0))))).isEmpty();
        assertThat(around(HERE, 1)).containsExactly("v=10", "w=1");
        assertThat(around(new GeoPoint(0, 0), 1)).isEmpty();
    }

    @Test
    void answersNothingUntilItIsBuilt() {
        index.put(ACME, List.of(placed("v", 1, HERE)));
        assertThat(index.around(ACME, HERE, Meters.ofMiles(1))).isNull();
        assertThat(index.isBuilt(ACME)).isFalse();
        assertThat(index.forEach(ACME, _ -> {})).isFalse();
        assertThat(index.markBuilt(ACME)).as("without a beginning").isFalse();
        build();
        assertThat(index.isBuilt(ACME)).isTrue();
        assertThat(around(HERE, 1)).containsExactly("v=1");
        assertThat(index.around(ZENITH, HERE, Meters.ofMiles(1))).isNull();
    }

    @Test
    void isNotBuiltInAnotherProcessThatHasItsKeys() {
        index.put(ACME, List.of(placed("v", 1, HERE)));
        build();
        // as after a restart from a file, or on a promoted replica
        redis.keys("test:*:built").forEach(key -> redis.opsForValue().set(key, "another process"));
        assertThat(index.isBuilt(ACME)).isFalse();
        assertThat(index.around(ACME, HERE, Meters.ofMiles(1))).isNull();
    }

    @Test
    void isNotBuiltWithoutOneOfItsShards() {
        build();
        redis.delete(redis.keys("test:*:built").iterator().next());
        assertThat(index.isBuilt(ACME)).isFalse();
        assertThat(index.around(ACME, HERE, Meters.ofMiles(1))).isNull();
    }

    @Test
    void findsAllWithinTheRadiusAndFewOthers() {
        Random random = new Random(3);
        Map<String, GeoPoint> positions = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            double latitude = i % 4 == 0 ? random.nextDouble(84, 90) : random.nextDouble(-90, 90);
            double longitude = i % 5 == 0 ? 180 : random.nextDouble(-180, 180);
            positions.put("v" + i, new GeoPoint(latitude, longitude));
        }
        index.put(
                ACME,
                positions.entrySet().stream()
                        .map(each -> placed(each.getKey(), 1, each.getValue()))
                        .toList());
        build();
        for (int i = 0; i < 60; i++) {
            GeoPoint center = positions.get("v" + random.nextInt(400));
            Meters radius = Meters.ofMiles(random.nextDouble(1, 1_000));
            List<String> within = positions.entrySet().stream()
                    .filter(each -> Objects.requireNonNull(center)
                                    .distanceTo(each.getValue())
                                    .value()
                            <= radius.value())
                    .map(each -> each.getKey() + "=1")
                    .toList();
            assertThat(around(Objects.requireNonNull(center), radius.miles())).containsAll(within);
        }
    }

    @Test
    void passesAllMembersAndDropsSome() {
        index.put(ACME, List.of(placed("v", 1, HERE), placed("w", 2, HERE), placed("x", 3, HERE)));
        index.put(ZENITH, List.of(placed("theirs", 1, HERE)));
        build();
        index.drop(ACME, List.of("w", "unknown"));
        Map<String, Integer> all = new HashMap<>();
        assertThat(index.forEach(ACME, member -> all.put(member.id(), member.version())))
                .isTrue();
        assertThat(all).isEqualTo(Map.of("v", 1, "x", 3));
        assertThat(around(HERE, 1)).containsExactly("v=1", "x=3");
    }

    @Test
    void isNotBuiltIfRedisForgetsWhileItIsBuilt() {
        assertThat(index.begin(ACME)).isFalse();
        index.put(ACME, List.of(placed("v", 1, HERE)));
        empty();
        index.put(ACME, List.of(placed("w", 1, HERE)));
        assertThat(index.markBuilt(ACME)).isFalse();
        assertThat(index.around(ACME, HERE, Meters.ofMiles(1))).isNull();
    }

    @Test
    void aLostPositionIsNoticedAndPutAgain() {
        index.put(ACME, List.of(placed("v", 1, HERE)));
        build();
        redis.delete(redis.keys("test:*:positions"));
        assertThat(index.isBuilt(ACME)).isFalse();
        assertThat(index.around(ACME, HERE, Meters.ofMiles(1))).isNull();
        assertThat(index.put(ACME, List.of(placed("v", 1, HERE)))).containsExactly("v");
        assertThat(around(HERE, 1)).containsExactly("v=1");
    }

    @Test
    void aPositionWithoutItsMemberDoesNotKeepItFromBeingBuilt() {
        index.put(ACME, List.of(placed("v", 1, HERE), placed("w", 1, HERE)));
        build();
        redis.keys("test:*:members").forEach(key -> redis.opsForHash().delete(key, "w"));
        assertThat(index.isBuilt(ACME)).isFalse();
        assertThat(index.begin(ACME)).isFalse();
        index.put(ACME, List.of(placed("v", 1, HERE)));
        assertThat(index.markBuilt(ACME)).isTrue();
        assertThat(around(HERE, 1)).containsExactly("v=1");
    }

    private void build() {
        index.begin(ACME);
        assertThat(index.markBuilt(ACME)).isTrue();
    }

    private Set<String> around(GeoPoint center, double miles) {
        Set<String> found = new TreeSet<>();
        Objects.requireNonNull(index.around(ACME, center, Meters.ofMiles(miles)))
                .forEach(member -> {
                    assertThat(new String(member.bytes(), StandardCharsets.UTF_8))
                            .isEqualTo("bytes of " + member.id());
                    found.add(member.id() + "=" + member.version());
                });
        return found;
    }

    private static Placed placed(String id, int version, GeoPoint position) {
        return new Placed(new Member(id, version, ("bytes of " + id).getBytes(StandardCharsets.UTF_8)), position);
    }
}
