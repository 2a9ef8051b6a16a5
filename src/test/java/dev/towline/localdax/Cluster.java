package dev.towline.localdax;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the nodes of a cluster share. */
record Cluster(
        DaxSettings settings,
        InstantSource clock,
        DynamoDbClient dynamo,
        Executor background,
        Membership membership,
        OperationOrder order,
        Replication replication,
        AttributeLists attributeLists) {

    Cluster(
            DaxSettings settings,
            InstantSource clock,
            DynamoDbClient dynamo,
            Executor background,
            Membership membership)
            throws IOException {
        this(
                settings,
                clock,
                dynamo,
                background,
                membership,
                new OperationOrder(),
                new Replication(settings.replicationDelay(), clock),
                settings.attributeListFile() == null
                        ? AttributeLists.ofThisJvm()
                        : AttributeLists.in(settings.attributeListFile()));
    }
}
