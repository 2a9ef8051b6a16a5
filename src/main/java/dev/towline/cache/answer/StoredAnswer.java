package dev.towline.cache.answer;

import dev.towline.cache.Ingredient;
import java.time.Instant;
import java.util.List;

/**
 * A remembered answer.
 *
 * @param question what it answers
 * @param content the answer in the forms in which it is sent
 * @param cost what the operation costs
 * @param ingredients the entries of the cache that it was made from
 * @param sameUntil the time from which the rules of visibility may decide otherwise
 * @param weightBytes the estimated memory of all that, in bytes
 */
public record StoredAnswer<C>(
        Question question, C content, int cost, List<Ingredient> ingredients, Instant sameUntil, int weightBytes) {

    public StoredAnswer {
        ingredients = List.copyOf(ingredients);
    }
}
