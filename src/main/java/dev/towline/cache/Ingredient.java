package dev.towline.cache;

/** An entry of the cache that an answer was made from. Thread-safe, does not block. */
public interface Ingredient {

    /**
     * The lookup result of this entry now. It is a miss if the cache has another entry or none, and otherwise what any lookup of the field
     * would be: the same rules on age, version floors and missed changes decide. Has no side effects.
     */
    LookupResult lookup();

    /** Counts that an answer which was made from it has been given again. */
    void served(LookupResult result);
}
