package dev.towline.observability;

import dev.towline.redis.Redis;
import dev.towline.redis.RedisDown;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Reports whether Redis answers. Without Redis the service is slower but correct, so the instance is DEGRADED and stays ready. */
@Component
class RedisHealthIndicator implements HealthIndicator {

    /** The settings rank it after UP, so that the aggregate status stays UP. */
    private static final Status DEGRADED = new Status(
            "DEGRADED",
            "Redis does not answer; answers come from DynamoDB, and each instance has its own limits of rates");

    private final Redis redis;

    RedisHealthIndicator(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Health health() {
        try {
            redis.probe();
            return Health.up().build();
        } catch (RedisDown down) {
            return Health.status(DEGRADED).build();
        }
    }
}
