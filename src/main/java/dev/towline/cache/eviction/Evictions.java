package dev.towline.cache.eviction;

import dev.towline.cache.ComputedKey;
import dev.towline.cache.LocalCache;
import dev.towline.cache.SharedTier;
import dev.towline.change.MessageKind;
import dev.towline.change.MessageListener;
import dev.towline.problem.BadInput;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what operators want to be forgotten, here and on the other instances. Thread-safe. */
public final class Evictions implements MessageListener {

    private static final Logger AUDIT = LoggerFactory.getLogger("dev.towline.cache.audit");

    /** Of each text from outside, in a line of the audit log. */
    private static final int MOST_CHARACTERS = 300;

    private final LocalCache local;
    private final SharedTier shared;
    private final Others others;
    private final Supplier<CachedFields> fields;
    private final Map<Long, Answers> waiting = new ConcurrentHashMap<>();

    /**
     * The other instances.
     *
     * @param tell publishes; may block
     * @param count how many there are
     * @param patience how long they may take to answer
     * @param threads where answers are sent from: who hears must not block
     */
    public record Others(Consumer<byte[]> tell, IntSupplier count, Duration patience, Executor threads) {}

    /**
     * The body of a message that requests an eviction. Each instance resolves it by its own schema.
     *
     * @param request the id of the request
     */
    record Command(long request, String tenant, EvictCacheInput input) {}

    /**
     * The body of a message that confirms an eviction.
     *
     * @param evicted the number of entries that the instance has evicted
     */
    record Done(long request, int evicted) {}

    /** The confirmations of one command. */
    private static final class Answers {

        private final CountDownLatch missing;
        private final AtomicInteger evicted = new AtomicInteger();
        private final AtomicInteger instances = new AtomicInteger();

        Answers(int expected) {
            missing = new CountDownLatch(expected);
        }

        void add(int more) {
            evicted.addAndGet(more);
            instances.incrementAndGet();
            missing.countDown();
        }

        EvictCacheResult result() {
            return new EvictCacheResult(evicted.get(), instances.get());
        }
    }

    /** @param fields looked up when first needed: they are known once the schema is built */
    Evictions(LocalCache local, SharedTier shared, Others others, Supplier<CachedFields> fields) {
        this.local = local;
        this.shared = shared;
        this.others = others;
        this.fields = fields;
    }

    /**
     * Evicts entries on all instances, and writes one line to the audit log. Blocks until all other instances have answered, or the time
     * for their answers is over.
     *
     * @param subject the subject of the viewer who evicts
     * @param role the role of that viewer, or the name of an access without viewers
     * @throws BadInput if the input names a field, an argument or a kind of entity that does not exist
     */
    public EvictCacheResult evict(Tenant tenant, String subject, String role, EvictCacheInput input) {
        EvictCacheResult result = evict(tenant, input);
        AUDIT.info(
                "evicted {} of tenant {} by {} as {}: {} entries on {} instances",
                printable(input.summary()),
                printable(tenant.name()),
                printable(subject),
                printable(role),
                result.evicted(),
                result.instances());
        return result;
    }

    EvictCacheResult evict(Tenant tenant, EvictCacheInput input) {
        Eviction eviction = fields.get().evictionOf(tenant, input);
        long request = ThreadLocalRandom.current().nextLong();
        int expected = others.count.getAsInt();
        Answers answers = new Answers(expected + 1);
        waiting.put(request, answers);
        try {
            // The shared tier comes first: a value that is computed after this line may be shared.
            shared.dropComputed(tenant);
            answers.add(forget(eviction));
            others.tell.accept(MessageKind.EVICT.encode(new Command(request, tenant.name(), input)));
            var _ = answers.missing.await(others.patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.remove(request);
        }
        return answers.result();
    }

    @Override
    public Set<MessageKind> kinds() {
        return EnumSet.of(MessageKind.EVICT, MessageKind.EVICTED);
    }

    @Override
    public void heard(MessageKind kind, InputStream body) {
        if (kind == MessageKind.EVICT) {
            Command command = MessageKind.CBOR.readValue(body, Command.class);
            byte[] answer = MessageKind.EVICTED.encode(new Done(command.request, obey(command)));
            others.threads.execute(() -> others.tell.accept(answer));
        } else {
            Done done = MessageKind.CBOR.readValue(body, Done.class);
            Answers answers = waiting.get(done.request);
            if (answers != null) {
                answers.add(done.evicted);
            }
        }
    }

    private int obey(Command command) {
        try {
            return forget(fields.get().evictionOf(new Tenant(command.tenant), command.input));
        } catch (BadInput unknown) {
            // The other one has another schema: what this one does not have, it does not remember.
            return 0;
        }
    }

    private int forget(Eviction eviction) {
        Tenant tenant = eviction.tenant();
        Predicate<EntityRef> entities =
                entity -> entity.tenant().equals(tenant) && eviction.entities().test(entity);
        shared.dropEntities(eviction.kinds());
        return local.evictIf(
                entities,
                key -> isOf(tenant, key) && eviction.loads().test(key),
                (key, value) -> isOf(tenant, key)
                        && (eviction.keys().test(key)
                                || value.madeFrom().stream().anyMatch(entities)));
    }

    private static boolean isOf(Tenant tenant, ComputedKey key) {
        return key.tenant().equals(tenant.name());
    }

    /** Replaces what could look like another line of the log, or hide a part of this one. */
    private static String printable(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }
}
