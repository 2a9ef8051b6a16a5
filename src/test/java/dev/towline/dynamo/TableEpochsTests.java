package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.ChangeStages;
import dev.towline.store.Notes;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** What DynamoDB Local does not do: tables with ids, and restores that take a while. */
class TableEpochsTests {

    private final Described described = new Described();
    private final TableEpochs epochs = new TableEpochs(
            described,
            new TableNames("t-"),
            List.of(Notes.NOTES),
            new VersionFloors(Duration.ofMinutes(10), InstantSource.system()),
            new ChangeStages(List::of),
            new Calls(ObservationRegistry.NOOP, new SimpleMeterRegistry()));

    @Test
    void theEpochIsTheIdOfTheTable() {
        assertThat(epochs.of(Notes.NOTES)).isEqualTo("id-1");
    }

    /** Streams that began anew then could read nothing, and would end. */
    @Test
    void aTableThatIsBeingRestoredHasItsEpochOnlyWhenItIsReady() {
        described.id = "id-2";
        described.status = TableStatus.CREATING;
        epochs.check();
        assertThat(epochs.of(Notes.NOTES)).isEqualTo("id-1");

        described.status = TableStatus.ACTIVE;
        epochs.check();
        assertThat(epochs.of(Notes.NOTES)).isEqualTo("id-2");
    }

    private static final class Described implements DynamoDbClient {

        private String id = "id-1";
        private TableStatus status = TableStatus.ACTIVE;

        @Override
        public DescribeTableResponse describeTable(DescribeTableRequest request) {
            return DescribeTableResponse.builder()
                    .table(TableDescription.builder()
                            .tableId(id)
                            .tableStatus(status)
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
