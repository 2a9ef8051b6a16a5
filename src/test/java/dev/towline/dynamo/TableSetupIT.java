package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.store.Index;
import dev.towline.store.Notes;
import dev.towline.store.Table;
import io.micrometer.observation.ObservationRegistry;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableSetupIT {

    private final StoreFixture fixture = StoreFixture.start();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void createsTablesIndexesAndExpiry() {
        String notes = fixture.names().of(Notes.NOTES);
        var description = fixture.client
                .describeTable(request -> request.tableName(notes))
                .table();
        var expiry = fixture.client
                .describeTimeToLive(request -> request.tableName(fixture.names().of(Notes.LINES)))
                .timeToLiveDescription();

        assertThat(description.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(description.globalSecondaryIndexes())
                .singleElement()
                .satisfies(
                        index -> assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.KEYS_ONLY));
        assertThat(expiry.timeToLiveStatus()).isIn(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);
        assertThat(expiry.attributeName()).isEqualTo("expiresAt");
    }

    @Test
    void isContentWithWhatItCreatedEarlier() {
        assertThatCode(() -> fixture.setup(true).prepare(List.of(Notes.NOTES, Notes.LINES)))
                .doesNotThrowAnyException();
        assertThatCode(() -> fixture.setup(false).prepare(List.of(Notes.NOTES, Notes.LINES)))
                .doesNotThrowAnyException();
    }

    @Test
    void toleratesOthersWhoCreateTheSameAtTheSameMoment() {
        List<Table<?>> tables = List.of(table("fresh-notes", false), expiring("fresh-lines"));
        Supplier<String> instance = () -> {
            fixture.setup(true).prepare(tables);
            return "ready";
        };

        assertThat(Parallel.all(ObservationRegistry.NOOP, Collections.nCopies(4, instance)))
                .containsOnly("ready");
    }

    @Test
    void listsEverythingThatIsMissingAndTheSettingThatHelps() {
        assertThatThrownBy(() -> fixture.setup(false).prepare(List.of(table("vendors", false), table("trail", true))))
                .isInstanceOf(TablesNotReady.class)
                .hasMessageContaining("table " + fixture.settings.tablePrefix() + "vendors does not exist")
                .hasMessageContaining("table " + fixture.settings.tablePrefix() + "trail does not exist")
                .hasMessageContaining("towline.dynamo.create-tables=true");
    }

    @Test
    void namesWhatIsDifferent() {
        Table<?> otherKey = table("notes", true);
        Table<?> otherIndex = new Table<>(
                "lines", "line", true, Notes.LINES.codec(), List.of(new Index<>("colour", _ -> "red", _ -> "1")), null);

        assertThatThrownBy(() -> fixture.setup(false).prepare(List.of(expiring("notes"))))
                .hasMessageContaining("notes has no time to live on the attribute 'expiresAt'");
        assertThatThrownBy(() -> fixture.setup(true).prepare(List.of(otherKey, otherIndex)))
                .isInstanceOf(TablesNotReady.class)
                .hasMessageContaining("notes has the key (pk) instead of (pk, sk)")
                .hasMessageContaining("lines has no index colour")
                .hasMessageContaining("does not change the keys");
    }

    @Test
    void saysWhereItLookedWhenNobodyAnswers() {
        fixture.faulty.cutOff();

        assertThatThrownBy(() -> fixture.setup(false).prepare(List.of(Notes.NOTES)))
                .isInstanceOf(TablesNotReady.class)
                .hasMessageContaining("the test's")
                .hasMessageContaining("towline.dynamo.endpoint");
    }

    private static Table<?> table(String name, boolean sorted) {
        return sorted
                ? new Table<>(name, "line", true, Notes.LINES.codec(), List.of(), null)
                : new Table<>(name, "note", false, Notes.NOTES.codec(), List.of(), null);
    }

    private static Table<?> expiring(String name) {
        return new Table<>(name, "note", false, Notes.NOTES.codec(), List.of(), _ -> Instant.EPOCH);
    }
}
