package dev.towline.observability;

import dev.towline.store.Store;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Reports whether DynamoDB answers. An instance that cannot reach it is not ready. */
@Component("dynamodbHealthIndicator")
class DynamoHealthIndicator extends AbstractHealthIndicator {

    private final Store store;

    DynamoHealthIndicator(Store store) {
        super("DynamoDB does not answer");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        store.probe();
        builder.up();
    }
}
