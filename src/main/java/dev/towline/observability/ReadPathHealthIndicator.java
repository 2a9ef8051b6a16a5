package dev.towline.observability;

import dev.towline.store.ReadPath;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Reports which way reads by key take. Without DAX the service is slower but correct, so the instance is DEGRADED and stays ready. */
@Component
class ReadPathHealthIndicator implements HealthIndicator {

    private static final Status NO_DAX = new Status("UP", "reads go to DynamoDB; there is no DAX");

    private final ObjectProvider<ReadPath> path;

    ReadPathHealthIndicator(ObjectProvider<ReadPath> path) {
        this.path = path;
    }

    @Override
    public Health health() {
        ReadPath configured = path.getIfAvailable();
        return Health.status(configured == null ? NO_DAX : status(configured)).build();
    }

    private static Status status(ReadPath path) {
        return switch (path.bypass()) {
            case null -> new Status("UP", "reads go through DAX");
            case CHANGES_MISSED ->
                new Status(
                        "UP",
                        "reads go to DynamoDB until DAX has lost the items from before this instance started or missed"
                                + " a change");
            case CHANGES_UNPROVEN ->
                new Status("UP", "reads go to DynamoDB, because the changes of other instances do not provably arrive");
            case UNAVAILABLE -> new Status("DEGRADED", "reads go to DynamoDB, because DAX fails or is slow");
        };
    }
}
