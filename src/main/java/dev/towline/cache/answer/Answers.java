package dev.towline.cache.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.cache.CacheMetrics;
import dev.towline.cache.Ingredient;
import dev.towline.cache.LookupResult;
import dev.towline.cache.MemorySize;
import dev.towline.cache.Provenance;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The remembered answers of this instance, bounded by weight. An answer belongs to its question and to the {@linkplain Viewer#audience
 * audience} of the viewer, so nobody gets an answer that the rules of visibility made for somebody who sees other things. Thread-safe. No method
 * blocks, and none needs anything of the thread that calls it.
 *
 * @param <C> the content of an answer
 */
public final class Answers<C> {

    /** The estimated memory of objects and map nodes, in bytes. */
    private static final int REQUEST_BYTES = 200;

    private static final int ANSWER_BYTES = 600;
    private static final int INGREDIENT_BYTES = 200;

    /** Parsed variables take more memory than their text. */
    private static final int BYTES_PER_REQUEST_BYTE = 4;

    private final boolean isEnabled;
    private final ToIntFunction<C> bytes;
    private final InstantSource clock;
    private final Cache<RequestBytes, Question> questions;
    private final Cache<Key, StoredAnswer<C>> answers;
    private final AskedBefore asked = new AskedBefore();
    private final Counter hits;
    private final Counter outdated;
    private final Counter absent;

    /** @param viewer the audience, or for a personal answer the whole viewer */
    private record Key(Question question, Viewer viewer) {

        static Key shared(Question question, Viewer viewer) {
            return new Key(question, viewer.audience());
        }
    }

    /** @param bytes the memory of a content, in bytes */
    public Answers(
            AnswerSettings settings,
            ToIntFunction<C> bytes,
            InstantSource clock,
            CacheMetrics metrics,
            MeterRegistry meters) {
        this.isEnabled = settings.enabled() && settings.maxWeight().toBytes() > 0;
        this.bytes = bytes;
        this.clock = clock;
        this.questions = Caffeine.newBuilder()
                .maximumWeight(settings.requestBytes())
                .<RequestBytes, Question>weigher((request, _) -> REQUEST_BYTES + request.length())
                .executor(Runnable::run)
                .build();
        this.answers = Caffeine.newBuilder()
                .maximumWeight(settings.answerBytes())
                .<Key, StoredAnswer<C>>weigher((_, answer) -> answer.weightBytes())
                .executor(Runnable::run)
                .build();
        metrics.watch("answers", () -> MemorySize.of(answers).plus(MemorySize.of(questions)));
        this.hits = counter(meters, "hit");
        this.outdated = counter(meters, "outdated");
        this.absent = counter(meters, "absent");
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("towline.cache.answers")
                .description("lookups of whole answers, by the result")
                .tag("result", result)
                .register(meters);
    }

    /** Whether answers are remembered at all. */
    public boolean isEnabled() {
        return isEnabled;
    }

    /** What a request asks for, null if it must be parsed to know that. The question may come from a client who saw another answer. */
    public @Nullable Question question(RequestBytes request) {
        return questions.getIfPresent(request);
    }

    /**
     * The answer that a viewer may get now, and counts it as given. The caller has authenticated the viewer and counted the request.
     *
     * @return empty if it must be executed
     */
    public Optional<StoredAnswer<C>> find(Question question, Viewer viewer) {
        StoredAnswer<C> answer = stored(question, viewer);
        if (answer == null) {
            absent.increment();
            return Optional.empty();
        }
        LookupResult[] results = lookups(answer);
        if (results == null) {
            answers.asMap().remove(Key.shared(question, viewer), answer);
            answers.asMap().remove(new Key(question, viewer), answer);
            outdated.increment();
            return Optional.empty();
        }
        for (int i = 0; i < results.length; i++) {
            answer.ingredients().get(i).served(results[i]);
        }
        hits.increment();
        return Optional.of(answer);
    }

    /** Whether {@link #find} would find an answer. Counts nothing. */
    public boolean has(Question question, Viewer viewer) {
        StoredAnswer<C> answer = stored(question, viewer);
        return answer != null && lookups(answer) != null;
    }

    private @Nullable StoredAnswer<C> stored(Question question, Viewer viewer) {
        Key shared = Key.shared(question, viewer);
        StoredAnswer<C> answer = answers.getIfPresent(shared);
        return answer != null || shared.viewer.equals(viewer)
                ? answer
                : answers.getIfPresent(new Key(question, viewer));
    }

    /** Notes that a request is executed. Returns whether its answer is worth remembering, because it was executed before. */
    public boolean isAskedAgain(Question question, Viewer viewer) {
        return isEnabled && asked.test(Key.shared(question, viewer).hashCode());
    }

    /** Notes that these bytes ask a question that has an answer. They lead to it when they come again. */
    public void learn(RequestBytes request, StoredAnswer<C> answer) {
        if (asked.test(request.hashCode())) {
            questions.put(request, answer.question());
        }
    }

    /**
     * Remembers an answer, if it is made from nothing but entries of the cache that are still good.
     *
     * @param provenance what it is made from, collected during the whole execution as this viewer
     */
    public void keep(
            RequestBytes request, Question question, Viewer viewer, Provenance provenance, C content, int cost) {
        if (!provenance.isComplete()) {
            return;
        }
        List<Ingredient> ingredients = provenance.ingredients();
        int weightBytes = ANSWER_BYTES
                + BYTES_PER_REQUEST_BYTE * request.length()
                + question.document().length()
                + INGREDIENT_BYTES * ingredients.size()
                + bytes.applyAsInt(content);
        StoredAnswer<C> answer =
                new StoredAnswer<>(question, content, cost, ingredients, provenance.sameUntil(), weightBytes);
        if (lookups(answer) != null) {
            answers.put(provenance.isPersonal() ? new Key(question, viewer) : Key.shared(question, viewer), answer);
            questions.put(request, question);
        }
    }

    /** The lookup results of all ingredients; null if one is not good, or if the rules of visibility may decide otherwise now. */
    private LookupResult @Nullable [] lookups(StoredAnswer<C> answer) {
        if (!clock.instant().isBefore(answer.sameUntil())) {
            return null;
        }
        LookupResult[] results = new LookupResult[answer.ingredients().size()];
        for (int i = 0; i < results.length; i++) {
            Ingredient ingredient = answer.ingredients().get(i);
            LookupResult result = ingredient.lookup();
            if (!result.isGood()) {
                return null;
            }
            results[i] = result;
        }
        return results;
    }
}
