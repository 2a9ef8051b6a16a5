package dev.towline.redis;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.redis.GeoIndex.IndexKey;
import dev.towline.redis.GeoIndex.Member;
import dev.towline.redis.GeoIndex.Placed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.stereotype.Component;

/**
 * The commands to one shard of a {@link GeoIndex}. A shard has three keys with one hash tag: the positions, the members with their versions, and
 * the id of the Redis process in which it was built. Blocking, thread-safe; every method throws {@link RedisDown}.
 */
@Component
class GeoIndexShards {

    private static final RedisScript<Long> DROP = script("drop", Long.class);
    private static final RedisScript<Long> BUILT = script("built", Long.class);

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final RedisScript<List> PUT = script("put", List.class);

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final RedisScript<List> SEARCH = script("search", List.class);

    /** An integer reply is never deserialized. */
    @SuppressWarnings("unchecked")
    private static final RedisSerializer<Long> INTEGER_REPLY =
            (RedisSerializer<Long>) (RedisSerializer<?>) RedisSerializer.string();

    @SuppressWarnings({"unchecked", "rawtypes"}) // the elements of the reply are byte arrays
    private static final RedisSerializer<List> BYTES_REPLY =
            (RedisSerializer<List>) (RedisSerializer<?>) RedisSerializer.byteArray();

    /** About how many members one command returns. */
    private static final int PART = 500;

    private final StringRedisTemplate redis;
    private final String keyPrefix;

    GeoIndexShards(StringRedisTemplate redis, RedisSettings settings) {
        this.redis = redis;
        this.keyPrefix = settings.keyPrefix();
    }

    /** Stores these members unless newer ones are stored. Returns the ids of those that were. */
    List<String> put(IndexKey key, int shard, List<Placed> members) {
        Object[] arguments = members.stream()
                .flatMap(placed -> Stream.of(
                        bytes(placed.member().id()),
                        RedisValues.version(placed.member().version()),
                        bytes(Double.toString(placed.position().longitude())),
                        bytes(Double.toString(placed.position().latitude())),
                        placed.member().bytes()))
                .toArray();
        return bytesOf(PUT, keys(key, shard), arguments).stream()
                .map(id -> new String((byte[]) id, StandardCharsets.UTF_8))
                .toList();
    }

    boolean isBuilt(IndexKey key, int shard) {
        return number(BUILT, keys(key, shard), bytes("")) == 1;
    }

    boolean begin(IndexKey key, int shard) {
        return number(BUILT, keys(key, shard), bytes("begin")) == 1;
    }

    boolean markBuilt(IndexKey key, int shard) {
        return number(BUILT, keys(key, shard), bytes("mark")) == 1;
    }

    /** The members within the radius; empty if the shard is not built. */
    Optional<List<Member>> around(IndexKey key, int shard, GeoPoint center, Meters radius) {
        List<?> answer = bytesOf(
                SEARCH,
                keys(key, shard),
                bytes(Double.toString(center.longitude())),
                bytes(Double.toString(center.latitude())),
                bytes(Double.toString(radius.value())));
        return answer.isEmpty() ? Optional.empty() : Optional.of(members(answer, 1));
    }

    /** Passes all members to the consumer, a part at a time, because Redis serves nobody else while it answers. */
    void forEach(IndexKey key, int shard, Consumer<Member> consumer) {
        byte[] members = bytes(keys(key, shard).get(1));
        Commands.call(() -> redis.execute((RedisCallback<@Nullable Void>) connection -> {
            ScanOptions parts = ScanOptions.scanOptions().count(PART).build();
            try (Cursor<Map.Entry<byte[], byte[]>> cursor =
                    connection.hashCommands().hScan(members, parts)) {
                while (cursor.hasNext()) {
                    Map.Entry<byte[], byte[]> each = cursor.next();
                    members(List.of(each.getKey(), each.getValue()), 0).forEach(consumer);
                }
            }
            return null;
        }));
    }

    void drop(IndexKey key, int shard, Collection<String> ids) {
        number(DROP, keys(key, shard), ids.stream().map(GeoIndexShards::bytes).toArray());
    }

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private List<?> bytesOf(RedisScript<List> script, List<String> keys, Object... arguments) {
        List<?> answer =
                Commands.call(() -> redis.execute(script, RedisSerializer.byteArray(), BYTES_REPLY, keys, arguments));
        return answer == null ? List.of() : answer;
    }

    private long number(RedisScript<Long> script, List<String> keys, Object... arguments) {
        Long answer =
                Commands.call(() -> redis.execute(script, RedisSerializer.byteArray(), INTEGER_REPLY, keys, arguments));
        return Objects.requireNonNull(answer);
    }

    /** The members in a list of ids and values, each value with its version as a prefix. */
    private static List<Member> members(List<?> fields, int from) {
        List<Member> members = new ArrayList<>(fields.size() / 2);
        for (int i = from; i + 1 < fields.size(); i += 2) {
            byte[] value = bytes(fields.get(i + 1));
            if (value != null && value.length > RedisValues.VERSION_DIGITS) {
                String version = new String(value, 0, RedisValues.VERSION_DIGITS, StandardCharsets.US_ASCII);
                members.add(new Member(
                        new String(Objects.requireNonNull(bytes(fields.get(i))), StandardCharsets.UTF_8),
                        Integer.parseInt(version),
                        Arrays.copyOfRange(value, RedisValues.VERSION_DIGITS, value.length)));
            }
        }
        return members;
    }

    private static byte @Nullable [] bytes(@Nullable Object field) {
        return (byte[]) field;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> RedisScript<T> script(String name, Class<T> reply) {
        return RedisScript.of(new ClassPathResource(name + ".lua", GeoIndexShards.class), reply);
    }

    /** The hash tag in braces keeps the keys of a shard on one cluster node, as scripts require. */
    private List<String> keys(IndexKey key, int shard) {
        String index = keyPrefix + '{' + key.tenant() + ':' + shard + "}:vendors:" + key.epoch() + ':';
        return List.of(index + "positions", index + "members", index + "built");
    }
}
