package dev.towline.cache.eviction;

import dev.towline.cache.ComputedKey;
import dev.towline.cache.LocalCache;
import dev.towline.cache.SharedTier;
import dev.towline.change.MessageKind;
import dev.towline.change.MessageListener;
import dev.towline.problem.BadInput;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import java.io.DataInputStream;
import java.io.IOException;
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

/** Forgets what operators want to be forgotten, here and on the other instances. Thread-safe. */
public final class Evictions implements MessageListener {

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

    /** What comes back of one command. */
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
     * Forgets it everywhere. Blocks until all other instances have answered, or have taken too long.
     *
     * @throws BadInput if it names what is not there
     */
    public EvictCacheResult evict(Tenant tenant, EvictCacheInput input) {
        Eviction eviction = fields.get().evictionOf(tenant, input);
        long request = ThreadLocalRandom.current().nextLong();
        int expected = others.count.getAsInt();
        Answers answers = new Answers(expected + 1);
        waiting.put(request, answers);
        try {
            // First: what somebody computes from here on he may share.
            shared.dropComputed(tenant);
            answers.add(forget(eviction));
            others.tell.accept(new EvictionMessage.Command(request, tenant, input).encode());
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
    public void heard(MessageKind kind, DataInputStream body) throws IOException {
        switch (EvictionMessage.decode(kind, body)) {
            case EvictionMessage.Command command -> {
                byte[] answer = new EvictionMessage.Done(command.request(), obey(command)).encode();
                others.threads.execute(() -> others.tell.accept(answer));
            }
            case EvictionMessage.Done done -> {
                Answers answers = waiting.get(done.request());
                if (answers != null) {
                    answers.add(done.evicted());
                }
            }
            case null -> {}
        }
    }

    private int obey(EvictionMessage.Command command) {
        try {
            return forget(fields.get().evictionOf(command.tenant(), command.input()));
        } catch (BadInput unknown) {
            // The other one has another schema: what this one does not have, it does not remember.
            return 0;
        }
    }

    private int forget(Eviction eviction) {
        Predicate<EntityRef> entities = entity -> entity.tenant().equals(eviction.tenant()) && eviction.takes(entity);
        shared.dropEntities(eviction::takesKind);
        return local.evictIf(
                entities,
                key -> isOf(eviction.tenant(), key) && eviction.mayTake(key),
                (key, value) -> isOf(eviction.tenant(), key)
                        && (eviction.takes(key) || value.madeFrom().stream().anyMatch(entities)));
    }

    private static boolean isOf(Tenant tenant, ComputedKey key) {
        return key.tenant().equals(tenant.name());
    }
}
