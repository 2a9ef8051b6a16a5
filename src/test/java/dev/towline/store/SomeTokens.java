package dev.towline.store;

import java.time.InstantSource;

/** Client tokens for tests of features. */
public final class SomeTokens {

    private SomeTokens() {}

    public static ClientTokens of(Store store, InstantSource clock) {
        return new ClientTokens(store, clock);
    }
}
