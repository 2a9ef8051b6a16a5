package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.redis.GeoIndex.IndexKey;
import dev.towline.redis.GeoIndex.Member;
import dev.towline.redis.GeoIndex.Placed;
import dev.towline.viewer.Tenant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The position index on one server. */
class GeoIndexIT extends GeoIndexContract {

    private static final IndexKey ACME = new IndexKey(new Tenant("acme"), "e1");
    private static final GeoPoint HERE = new GeoPoint(51.5, -0.1);

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    GeoIndexIT() {
        super(REDIS.template);
    }

    @Test
    void saysThatRedisIsDown() {
        try (RedisServer gone = new RedisServer();
                GeoIndex none = gone.geoIndex()) {
            gone.stop();
            Stream.<ThrowingCallable>of(
                            () -> none.put(ACME, List.of(new Placed(new Member("v", 1, new byte[1]), HERE))),
                            () -> none.around(ACME, HERE, Meters.ofMiles(1)),
                            () -> none.isBuilt(ACME),
                            () -> none.begin(ACME),
                            () -> none.markBuilt(ACME),
                            () -> none.forEach(ACME, _ -> {}),
                            () -> none.drop(ACME, List.of("v")))
                    .forEach(command -> assertThatThrownBy(command).isInstanceOf(RedisDown.class));
        }
    }
}
