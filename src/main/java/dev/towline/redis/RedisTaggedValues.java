package dev.towline.redis;

import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.stereotype.Component;

/**
 * Implements tagged values with versioned tags: one hash per tenant maps each tag to a random id. A stored value contains the ids that its
 * tags had when it was stored, and is valid while they are unchanged. Invalidation deletes tags. The next value that is stored with such
 * a tag gives it a new random id. If Redis loses a tag, its values become invalid, never wrong. The lease is the id of a special tag that every invalidation
 * deletes, see decision 0011.
 */
@Component
final class RedisTaggedValues implements TaggedValues {

    /** If a tenant has more tags than this, the next store deletes them all first. Each searched cell is a tag, so this limits the memory. */
    private static final int MAX_TAGS = 100_000;

    /** The time for which Redis keeps the tags of a tenant after the last value was stored or the last lease was created. */
    private static final Duration TAG_LIFETIME = Duration.ofHours(1);

    /** Redis calls a tag "mark" and the lease "ticket". Do not change these three names: instances of different versions share them. */
    private static final String TAGS = "cache:marks";

    /** The tag that every invalidation deletes. */
    private static final String LEASE_TAG = "ticket";

    private static final String TAG_PREFIX = "mark:";

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final RedisScript<List> FIND =
            RedisScript.of(new ClassPathResource("findtagged.lua", RedisTaggedValues.class), List.class);

    private static final RedisScript<Long> KEEP =
            RedisScript.of(new ClassPathResource("keeptagged.lua", RedisTaggedValues.class), Long.class);

    /** An integer reply is never deserialized. */
    @SuppressWarnings("unchecked")
    private static final RedisSerializer<Long> INTEGER_REPLY =
            (RedisSerializer<Long>) (RedisSerializer<?>) RedisSerializer.string();

    @SuppressWarnings({"unchecked", "rawtypes"}) // the elements of the reply are byte arrays
    private static final RedisSerializer<List> BYTES_REPLY =
            (RedisSerializer<List>) (RedisSerializer<?>) RedisSerializer.byteArray();

    private final StringRedisTemplate redis;
    private final String keyPrefix;

    RedisTaggedValues(StringRedisTemplate redis, RedisSettings settings) {
        this.redis = redis;
        this.keyPrefix = settings.keyPrefix();
    }

    @Override
    public Found find(Tenant tenant, String key) {
        List<?> answer = Objects.requireNonNull(Commands.call(() -> redis.execute(
                FIND, RedisSerializer.byteArray(), BYTES_REPLY, keys(tenant, key), bytes(newId()), tagLifetime())));
        String lease = new String((byte[]) answer.get(0), StandardCharsets.US_ASCII);
        return new Found(answer.size() > 1 ? (byte[]) answer.get(1) : null, lease);
    }

    @Override
    public void keep(Tenant tenant, String key, String lease, Tagged value) {
        List<String> keys = new ArrayList<>(keys(tenant, key));
        List<byte[]> arguments = new ArrayList<>(List.of(
                bytes(lease),
                value.value(),
                bytes(Long.toString(value.keptFor().toMillis())),
                bytes(newId()),
                tagLifetime(),
                bytes(Integer.toString(MAX_TAGS))));
        value.versions().forEach((entity, version) -> {
            keys.add(RedisValues.key(keyPrefix, tenant, entity));
            arguments.add(RedisValues.version(version));
        });
        value.tags().forEach(tag -> arguments.add(bytes(TAG_PREFIX + tag)));
        Commands.call(() -> redis.execute(KEEP, RedisSerializer.byteArray(), INTEGER_REPLY, keys, arguments.toArray()));
    }

    @Override
    public void invalidate(Tenant tenant, Collection<String> tags) {
        Object[] fields = Stream.concat(Stream.of(LEASE_TAG), tags.stream().map(tag -> TAG_PREFIX + tag))
                .toArray();
        Commands.call(() -> redis.opsForHash().delete(tags(tenant), fields));
    }

    @Override
    public void invalidateAll(Tenant tenant) {
        Commands.call(() -> redis.delete(tags(tenant)));
    }

    private List<String> keys(Tenant tenant, String key) {
        return List.of(RedisValues.key(keyPrefix, tenant, key), tags(tenant));
    }

    private String tags(Tenant tenant) {
        return RedisValues.key(keyPrefix, tenant, TAGS);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static byte[] tagLifetime() {
        return bytes(Long.toString(TAG_LIFETIME.toMillis()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
