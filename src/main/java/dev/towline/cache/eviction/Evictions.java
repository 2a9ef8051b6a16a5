package dev.towline.cache.eviction;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
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

/** Evicts entries for operators, on this instance and the other instances. Thread-safe. */
public final class Evictions implements MessageListener {

    private final LocalCache local;
    private final SharedTier shared;
    private final Others others;
    private final Supplier<CachedFields> fields;
    private final AuditLog audit;
    private final Map<Long, Answers> waiting = new ConcurrentHashMap<>();

    /**
     * The other instances.
     *
     * @param publish publishes a message; may block
     * @param count the number of other instances
     * @param timeout the time for their answers
     * @param threads the threads that send answers, because the thread that receives messages must not block
     */
    public record Others(Consumer<byte[]> publish, IntSupplier count, Duration timeout, Executor threads) {}

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

    /** @param fields supplies the cached fields, which are known after the schema is built */
    Evictions(LocalCache local, SharedTier shared, Others others, Supplier<CachedFields> fields, AuditLog audit) {
        this.local = local;
        this.shared = shared;
        this.others = others;
        this.fields = fields;
        this.audit = audit;
    }

    /**
     * Evicts entries on all instances, and writes one line to the audit log. Blocks until all other instances have answered, or until the
     * time for their answers is over.
     *
     * @param actor who evicts
     * @throws BadInput if the input names a field, an argument or a kind of entity that does not exist
     */
    public EvictCacheResult evict(Actor actor, Tenant tenant, EvictCacheInput input) {
        EvictCacheResult result = evict(tenant, input);
        audit.done(
                actor,
                "evictCache",
                input.summary() + " of tenant " + tenant.name(),
                result.evicted() + " entries on " + result.instances() + " instances");
        return result;
    }

    EvictCacheResult evict(Tenant tenant, EvictCacheInput input) {
        Eviction eviction = fields.get().evictionOf(tenant, input);
        long request = ThreadLocalRandom.current().nextLong();
        int expected = others.count.getAsInt();
        Answers answers = new Answers(expected + 1);
        waiting.put(request, answers);
        try {
            answers.add(evictLocally(eviction));
            others.publish.accept(MessageKind.EVICT.encode(new Command(request, tenant.name(), input)));
            var _ = answers.missing.await(others.timeout.toNanos(), TimeUnit.NANOSECONDS);
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
    public void received(MessageKind kind, InputStream body) {
        if (kind == MessageKind.EVICT) {
            Command command = MessageKind.CBOR.readValue(body, Command.class);
            byte[] answer = MessageKind.EVICTED.encode(new Done(command.request, execute(command)));
            others.threads.execute(() -> others.publish.accept(answer));
        } else {
            Done done = MessageKind.CBOR.readValue(body, Done.class);
            Answers answers = waiting.get(done.request);
            if (answers != null) {
                answers.add(done.evicted);
            }
        }
    }

    private int execute(Command command) {
        try {
            return evictLocally(fields.get().evictionOf(new Tenant(command.tenant), command.input));
        } catch (BadInput unknown) {
            // The sender has another schema. This instance has no entries for a field that it does not have.
            return 0;
        }
    }

    private int evictLocally(Eviction eviction) {
        Tenant tenant = eviction.tenant();
        Predicate<EntityRef> entities =
                entity -> entity.tenant().equals(tenant) && eviction.entities().test(entity);
        shared.dropAllIfShared(eviction.kinds());
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
}
