package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.EntityRef;
import dev.towline.store.Notes;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableEpochsIT {

    private static final Table<?> TABLE = Notes.NOTES;
    private static final EntityRef ENTITY = new EntityRef("session", new Tenant("acme"), "s1");

    private final StoreOfTables tables = new StoreOfTables(TABLE);
    private final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), InstantSource.system());
    private final List<ChangeEvent> events = new ArrayList<>();
    private final TableEpochs epochs = tables.epochs(floors, events::add);
    private final String before = epochs.of(TABLE);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void aTableThatWasReplacedHasAnotherEpochAndEverythingKnownOfItIsForgotten() {
        floors.raise(ENTITY, 50);
        tables.replaced(TABLE).restore();
        epochs.check();
        epochs.check();

        assertThat(epochs.of(TABLE)).isNotEqualTo(before);
        assertThat(events).containsExactly(new ChangeEvent.Gap(Reason.TABLES_REPLACED));
        assertThat(floors.of(ENTITY)).isZero();
        assertThat(tables.epochs(floors, events::add).of(TABLE))
                .as("on another instance")
                .isEqualTo(epochs.of(TABLE));
    }

    @Test
    void nothingChangesWhileTheTableIsMissingOrDynamoDbIsAway() {
        epochs.check();
        tables.faulty().cutOff();
        epochs.check();
        tables.faulty().calm();
        tables.replaced(TABLE).delete();
        epochs.check();

        assertThat(epochs.of(TABLE)).isEqualTo(before);
        assertThat(events).isEmpty();
    }

    @Test
    void otherTablesHaveNoEpoch() {
        Table<?> other = new Table<>("other", "note", false, Notes.NOTES.codec(), List.of(), null);
        assertThatIllegalArgumentException().isThrownBy(() -> epochs.of(other));
    }
}
