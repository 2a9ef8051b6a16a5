package dev.towline.cache;

import graphql.GraphQLContext;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one answer is made from. It is collected while the answer is executed, by those who find it in the {@link GraphQLContext} under this
 * class. Thread-safe.
 */
public final class Provenance {

    private final Queue<Ingredient> ingredients = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Instant> sameUntil = new AtomicReference<>(Instant.MAX);
    private volatile boolean isComplete = true;
    private volatile boolean isPersonal;

    /** The provenance that is collected for a request, null if there is none. */
    public static @Nullable Provenance in(GraphQLContext context) {
        return context.get(Provenance.class);
    }

    /**
     * Adds an entry.
     *
     * @param isPrivate whether another viewer may have another entry
     * @param ingredient null if the value is not that of an entry, so that nobody would notice when it changes
     */
    void add(boolean isPrivate, @Nullable Ingredient ingredient) {
        if (isPrivate) {
            setPersonal();
        }
        if (ingredient == null) {
            hasOther();
        } else {
            ingredients.add(ingredient);
        }
    }

    /** Notes that the answer is also made from something else than entries of the cache. */
    void hasOther() {
        isComplete = false;
    }

    /** Notes that the answer depends on more of its viewer than the audience. */
    public void setPersonal() {
        isPersonal = true;
    }

    /** Whether the answer depends on more of its viewer than the audience. */
    public boolean isPersonal() {
        return isPersonal;
    }

    /** Notes that from this time on, a viewer may see something else of the same entries. */
    public void sameUntil(Instant time) {
        sameUntil.accumulateAndGet(time, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** The first time at which a viewer may see something else of the same entries, {@link Instant#MAX} for never. */
    public Instant sameUntil() {
        return sameUntil.get();
    }

    /** The entries. */
    public List<Ingredient> ingredients() {
        return List.copyOf(ingredients);
    }

    /** Whether the answer is made from these entries and nothing else. */
    public boolean isComplete() {
        return isComplete && !ingredients.isEmpty();
    }
}
