package dev.towline.cache.shared;

import dev.towline.redis.SharedValuesContract;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The fake behaves like Redis. */
class FakeSharedTests {

    private final FakeShared redis = new FakeShared(InstantSource.system());

    @Nested
    class Values extends SharedValuesContract {

        Values() {
            super(redis);
        }
    }
}
