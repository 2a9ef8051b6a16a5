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
 * A tag is a random word that is made when the first value needs it, and gone once it is struck out: a value is of use while its tags have
 * the words that it was kept with, so a tag that Redis has lost only costs a value. All tags of a tenant are in one hash.
 */
@Component
final class RedisTaggedValues implements TaggedValues {

    /** Beyond, a tenant begins anew: nobody can fill Redis by asking for ever other places. */
    private static final int MOST_MARKS = 100_000;

    /** After their last use. */
    private static final Duration MARKS_KEPT_FOR = Duration.ofHours(1);

    private static final String MARKS = "cache:marks";

    /** The word that every striking removes. */
    private static final String TICKET = "ticket";

    private static final String MARK_PREFIX = "mark:";

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final RedisScript<List> FIND =
            RedisScript.of(new ClassPathResource("findmarked.lua", RedisTaggedValues.class), List.class);

    private static final RedisScript<Long> KEEP =
            RedisScript.of(new ClassPathResource("keepmarked.lua", RedisTaggedValues.class), Long.class);

    /** An integer reply is never deserialized. */
    @SuppressWarnings("unchecked")
    private static final RedisSerializer<Long> INTEGER_REPLY =
            (RedisSerializer<Long>) (RedisSerializer<?>) RedisSerializer.string();

    @SuppressWarnings({"unchecked", "rawtypes"}) // of the elements of the reply
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
                FIND, RedisSerializer.byteArray(), BYTES_REPLY, keys(tenant, key), bytes(newWord()), marksKeptFor())));
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
                bytes(newWord()),
                marksKeptFor(),
                bytes(Integer.toString(MOST_MARKS))));
        value.versions().forEach((entity, version) -> {
            keys.add(RedisValues.key(keyPrefix, tenant, entity));
            arguments.add(RedisValues.version(version));
        });
        value.tags().forEach(tag -> arguments.add(bytes(MARK_PREFIX + tag)));
        Commands.call(() -> redis.execute(KEEP, RedisSerializer.byteArray(), INTEGER_REPLY, keys, arguments.toArray()));
    }

    @Override
    public void invalidate(Tenant tenant, Collection<String> tags) {
        Object[] fields = Stream.concat(Stream.of(TICKET), tags.stream().map(tag -> MARK_PREFIX + tag))
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
        return RedisValues.key(keyPrefix, tenant, MARKS);
    }

    private static String newWord() {
        return UUID.randomUUID().toString();
    }

    private static byte[] marksKeptFor() {
        return bytes(Long.toString(MARKS_KEPT_FOR.toMillis()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
