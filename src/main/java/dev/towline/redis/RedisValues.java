package dev.towline.redis;

import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.stereotype.Component;

/** Implements shared values with Lua scripts, which Redis runs atomically. */
@Component
final class RedisValues implements SharedValues {

    /** The number of decimal digits of the greatest int. */
    static final int VERSION_DIGITS = 10;

    private static final RedisScript<Long> KEEP =
            RedisScript.of(new ClassPathResource("keep.lua", RedisValues.class), Long.class);
    private static final RedisScript<String> HOLD =
            RedisScript.of(new ClassPathResource("hold.lua", RedisValues.class), String.class);

    /** An integer reply is never deserialized. */
    @SuppressWarnings("unchecked")
    private static final RedisSerializer<Long> INTEGER_REPLY =
            (RedisSerializer<Long>) (RedisSerializer<?>) RedisSerializer.string();

    private final StringRedisTemplate redis;
    private final String keyPrefix;

    RedisValues(StringRedisTemplate redis, RedisSettings settings) {
        this.redis = redis;
        this.keyPrefix = settings.keyPrefix();
    }

    @Override
    public List<byte @Nullable []> getAll(Tenant tenant, List<String> keys) {
        byte[][] named = keys.stream().map(key -> bytes(key(tenant, key))).toArray(byte[][]::new);
        List<byte[]> found = Commands.call(() -> redis.execute((RedisCallback<List<byte[]>>)
                connection -> connection.stringCommands().mGet(named)));
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        for (byte @Nullable [] each : Objects.requireNonNull(found)) {
            // A shorter text was not written by this class.
            values.add(
                    each == null || each.length < VERSION_DIGITS
                            ? null
                            : Arrays.copyOfRange(each, VERSION_DIGITS, each.length));
        }
        return values;
    }

    @Override
    public void keep(Tenant tenant, Collection<Shared> values) {
        List<String> keys = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        for (Shared each : values) {
            keys.add(key(tenant, each.key()));
            arguments.add(bytes(Long.toString(each.keptFor().toMillis())));
            arguments.add(versioned(each));
        }
        Commands.call(() -> redis.execute(KEEP, RedisSerializer.byteArray(), INTEGER_REPLY, keys, arguments.toArray()));
    }

    @Override
    public void drop(Tenant tenant, Collection<String> keys) {
        Commands.call(
                () -> redis.delete(keys.stream().map(key -> key(tenant, key)).toList()));
    }

    @Override
    public String hold(String name, String proposed, boolean isAnew, Duration keptFor) {
        return Objects.requireNonNull(Commands.call(() -> redis.execute(
                HOLD, List.of(keyPrefix + name), proposed, isAnew ? "anew" : "", Long.toString(keptFor.toMillis()))));
    }

    private static byte[] versioned(Shared value) {
        byte[] whole = new byte[VERSION_DIGITS + value.value().length];
        System.arraycopy(version(value.version()), 0, whole, 0, VERSION_DIGITS);
        System.arraycopy(value.value(), 0, whole, VERSION_DIGITS, value.value().length);
        return whole;
    }

    /** The prefix of a stored value, in a form that scripts can compare as text. */
    static byte[] version(int version) {
        return bytes(String.format(Locale.ROOT, "%0" + VERSION_DIGITS + "d", version));
    }

    private String key(Tenant tenant, String key) {
        return key(keyPrefix, tenant, key);
    }

    /** The hash tag in braces keeps the keys of a tenant on one cluster node, as scripts require. */
    static String key(String keyPrefix, Tenant tenant, String key) {
        return keyPrefix + '{' + tenant + "}:" + key;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
