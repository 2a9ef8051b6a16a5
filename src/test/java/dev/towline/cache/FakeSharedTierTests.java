package dev.towline.cache;

import dev.towline.cache.shared.FakeShared;
import java.time.InstantSource;

/** Runs the contract of the shared tier on an in-memory fake of Redis. */
class FakeSharedTierTests extends SharedTierContract {

    FakeSharedTierTests() {
        super(new FakeShared(InstantSource.system()));
    }
}
