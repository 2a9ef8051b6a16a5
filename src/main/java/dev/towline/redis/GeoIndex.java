package dev.towline.redis;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.viewer.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The position index of the vendors of each tenant, searched with {@code GEOSEARCH}. Each member has a version and a text. An index is
 * <em>built</em> after {@link #markBuilt}; a new index is not, nor is one that Redis has lost. Blocking, thread-safe; every method throws
 * {@link RedisDown}.
 */
@Component
public class GeoIndex {

    /**
     * Redis accepts latitudes up to 85.05112878 degrees (https://redis.io/docs/latest/commands/geoadd/), but does not find a member that
     * lies exactly there, because its cell overflows.
     */
    private static final double MAX_LATITUDE = 85.05;

    /** The distance from that latitude to the pole, rounded up. */
    private static final double POLAR_CAP_METERS = 555_000;

    /** Redis rounds a position to 52 bits, which moves it by up to 0.6 m. */
    private static final double ROUNDING_METERS = 1;

    private static final RedisScript<Long> PUT =
            RedisScript.of(new ClassPathResource("put.lua", GeoIndex.class), Long.class);
    private static final RedisScript<Long> DROP =
            RedisScript.of(new ClassPathResource("drop.lua", GeoIndex.class), Long.class);

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final RedisScript<List> SEARCH =
            RedisScript.of(new ClassPathResource("search.lua", GeoIndex.class), List.class);

    private final StringRedisTemplate redis;
    private final String keyPrefix;

    GeoIndex(StringRedisTemplate redis, RedisSettings settings) {
        this.redis = redis;
        this.keyPrefix = settings.keyPrefix();
    }

    /** A member of the index. */
    public record Member(String id, int version, String text) {}

    /**
     * Stores the member at that position, unless the index has this or a newer version of it.
     *
     * @return whether it was stored
     */
    public boolean put(Tenant tenant, Member member, GeoPoint position) {
        GeoPoint nearest = nearestStorable(position);
        Long done = Commands.call(() -> redis.execute(
                PUT,
                keys(tenant),
                member.id,
                Integer.toString(member.version),
                Double.toString(nearest.longitude()),
                Double.toString(nearest.latitude()),
                member.text));
        return done != null && done == 1;
    }

    /** Whether the index of the tenant is complete. */
    public boolean isBuilt(Tenant tenant) {
        return Boolean.TRUE.equals(Commands.call(() -> redis.hasKey(keys(tenant).get(2))));
    }

    /** All members within the radius and a few outside, which the caller must filter by exact distance. Null if the index is not built. */
    public @Nullable List<Member> around(Tenant tenant, GeoPoint center, Meters radius) {
        GeoPoint nearest = nearestStorable(center);
        List<?> answer = Commands.call(() -> redis.execute(
                SEARCH,
                keys(tenant),
                Double.toString(nearest.longitude()),
                Double.toString(nearest.latitude()),
                Double.toString(reach(center, radius).value())));
        return answer == null || answer.isEmpty() ? null : members(answer);
    }

    /** Marks the index as complete: every vendor of the tenant is in it. */
    public void markBuilt(Tenant tenant) {
        Commands.call(() -> {
            redis.opsForValue().set(keys(tenant).get(2), "1");
            return null;
        });
    }

    /** The ids of all members. */
    public Set<String> ids(Tenant tenant) {
        Set<Object> ids =
                Commands.call(() -> redis.opsForHash().keys(keys(tenant).get(1)));
        return ids == null
                ? Set.of()
                : Set.copyOf(ids.stream().map(Object::toString).toList());
    }

    /** Removes these members. */
    public void drop(Tenant tenant, Collection<String> ids) {
        if (!ids.isEmpty()) {
            Commands.call(() -> redis.execute(DROP, keys(tenant), ids.toArray()));
        }
    }

    /**
     * The nearest point that Redis can store and find. A longitude of 180 overflows like the maximum latitude; -180 is the same meridian.
     */
    private static GeoPoint nearestStorable(GeoPoint point) {
        GeoPoint within = point.withinLatitude(MAX_LATITUDE);
        return within.longitude() == 180 ? new GeoPoint(within.latitude(), -180) : within;
    }

    private static Meters reach(GeoPoint center, Meters radius) {
        // A degree of latitude is at least 110 km, so the result is an upper bound.
        double degrees = radius.value() / 110_000;
        boolean polar = Math.abs(center.latitude()) + degrees > MAX_LATITUDE;
        return new Meters(radius.value() + (polar ? 2 * POLAR_CAP_METERS : ROUNDING_METERS));
    }

    private static List<Member> members(List<?> answer) {
        List<Member> members = new ArrayList<>(answer.size() / 2);
        for (int i = 1; i + 1 < answer.size(); i += 2) {
            String text = String.valueOf(answer.get(i + 1));
            int end = text.indexOf(';');
            members.add(new Member(
                    String.valueOf(answer.get(i)), Integer.parseInt(text.substring(0, end)), text.substring(end + 1)));
        }
        return members;
    }

    /** The hash tag in braces keeps the keys of a tenant on one cluster node, as scripts require. */
    private List<String> keys(Tenant tenant) {
        String index = keyPrefix + '{' + tenant + "}:vendors:";
        return List.of(index + "positions", index + "texts", index + "built");
    }
}
