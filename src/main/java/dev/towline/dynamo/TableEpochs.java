package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStages;
import dev.towline.store.Epochs;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * The epoch of a table is its {@code TableId}, which DynamoDB gives to every new table, also to one that is restored from a backup.
 * DynamoDB Local has none, so there it is the time of creation. Tables are described again every {@code towline.dynamo.epoch-check}.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html">TableDescription</a>
 */
final class TableEpochs implements Epochs {

    private static final Logger LOG = LoggerFactory.getLogger(TableEpochs.class);

    private final DynamoDbClient dynamo;
    private final TableNames names;
    private final List<Table<?>> tables;
    private final VersionFloors floors;
    private final ChangeStages stages;
    private final Calls calls;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile Map<String, String> epochs;

    /** Describes the tables, which must exist. Blocks. */
    TableEpochs(
            DynamoDbClient dynamo,
            TableNames names,
            List<Table<?>> tables,
            VersionFloors floors,
            ChangeStages stages,
            Calls calls) {
        this.dynamo = dynamo;
        this.names = names;
        this.tables = List.copyOf(tables);
        this.floors = floors;
        this.stages = stages;
        this.calls = calls;
        this.epochs = describe();
    }

    @Override
    public String of(Table<?> table) {
        String epoch = epochs.get(table.name());
        if (epoch == null) {
            throw new IllegalArgumentException("there is no table " + table.name());
        }
        return epoch;
    }

    /** Checks soon whether a table was replaced. Does not block: other scheduled tasks share its thread. */
    @Scheduled(fixedDelayString = "${towline.dynamo.epoch-check:10s}")
    void checkSoon() {
        Thread.ofVirtual().name("table-epochs").start(() -> {
            if (checking.tryLock()) {
                try {
                    check();
                } finally {
                    checking.unlock();
                }
            }
        });
    }

    /**
     * Tells the stages if a table was replaced. While one is missing or being restored, or DynamoDB does not answer, nothing changes. Blocks.
     */
    void check() {
        Map<String, String> now;
        try {
            now = describe();
        } catch (Unavailable | IllegalStateException e) {
            LOG.debug("Towline cannot check whether tables were replaced, and tries again", e);
            return;
        }
        if (!now.equals(epochs)) {
            epochs = now;
            LOG.warn("A table was replaced, so Towline forgets what it knows of the tables");
            floors.forget();
            stages.pass(new ChangeEvent.Gap(Reason.TABLES_REPLACED));
        }
    }

    private Map<String, String> describe() {
        return tables.stream().collect(Collectors.toUnmodifiableMap(Table::name, this::describe));
    }

    private String describe(Table<?> table) {
        TableDescription description = calls.read(
                        "DescribeTable",
                        table.name(),
                        () -> dynamo.describeTable(request -> request.tableName(names.of(table))))
                .table();
        TableStatus status = description.tableStatus();
        if (status == TableStatus.CREATING || status == TableStatus.DELETING) {
            throw new IllegalStateException("table " + table.name() + " is " + status);
        }
        String id = description.tableId();
        return id == null ? Long.toString(description.creationDateTime().toEpochMilli()) : id;
    }
}
