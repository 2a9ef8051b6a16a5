package dev.towline.cache;

import dev.towline.redis.RedisServer;
import org.junit.jupiter.api.AutoClose;

/** The second tier in a real Redis. */
class SharedTierIT extends SharedTierContract {

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    SharedTierIT() {
        super(REDIS.emptied().values());
    }
}
