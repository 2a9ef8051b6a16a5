package dev.towline.cache;

import dev.towline.cache.shared.FakeShared;
import java.time.InstantSource;

/** The second tier on the fake. */
class FakeSharedTierTests extends SharedTierContract {

    FakeSharedTierTests() {
        FakeShared redis = new FakeShared(InstantSource.system());
        super(redis, redis);
    }
}
