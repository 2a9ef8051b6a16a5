package dev.towline.cache;

/** Provenances for tests of other packages. */
public final class Provenances {

    private Provenances() {}

    /** An answer that is made from these entries. */
    public static Provenance of(Ingredient... ingredients) {
        Provenance provenance = new Provenance();
        for (Ingredient each : ingredients) {
            provenance.add(false, each);
        }
        return provenance;
    }

    /** An answer that is also made from something else. */
    public static Provenance withOther(Ingredient... ingredients) {
        Provenance provenance = of(ingredients);
        provenance.hasOther();
        return provenance;
    }
}
