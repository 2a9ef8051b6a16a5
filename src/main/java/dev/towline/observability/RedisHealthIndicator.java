package dev.towline.observability;

import dev.towline.redis.Redis;
import dev.towline.redis.RedisDown;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether Redis answers. Without it the service is slower and still right, so its absence is shown and takes no instance out of service. */
@Component("redis")
class RedisHealthIndicator implements HealthIndicator {

    /** Ranked behind UP in the settings, so that it does not drag the whole down. */
    private static final Status DEGRADED = new Status("DEGRADED", "Redis does not answer; answers come from DynamoDB");

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
