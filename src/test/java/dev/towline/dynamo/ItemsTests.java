package dev.towline.dynamo;

import static dev.towline.store.Notes.ACME;
import static dev.towline.store.Notes.LINES;
import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Notes.Line;
import dev.towline.store.Notes.Note;
import dev.towline.store.Notes.NoteKey;
import dev.towline.store.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemsTests {

    private final Note note = Note.first("n#1", "top", "hello");

    @Test
    void laysAnEntityOutAsTheDesignSays() {
        var item = Items.item(NOTES, note);

        assertThat(item)
                .containsEntry("pk", AttributeValue.fromS("acme#n#1"))
                .containsEntry("version", AttributeValue.fromN("1"))
                .containsEntry(
                        "writes",
                        AttributeValue.fromL(
                                List.of(AttributeValue.fromS(note.revision().writeId()))))
                .containsEntry("shelf", AttributeValue.fromS("acme#top"))
                .containsEntry("shelfSort", AttributeValue.fromS("hello#n#1"))
                .doesNotContainKeys("sk", "expiresAt");
        assertThat(Items.entity(NOTES, item)).isEqualTo(note);
    }

    @Test
    void addsSortKeyAndExpiryWhereTheTableHasThem() {
        Line line = Line.first(ACME, "n1", 7);
        var item = Items.item(LINES, line);

        assertThat(item)
                .containsEntry("sk", AttributeValue.fromS("0007"))
                .containsEntry("expiresAt", AttributeValue.fromN("32472144000"));
        assertThat(Items.entity(LINES, item)).isEqualTo(line);
    }

    @Test
    void dividesKeysAtTheFirstSign() {
        ItemKey key = ItemKey.of(NOTES, new NoteKey(ACME, "a#b#c"));

        assertThat(key.tenant()).isEqualTo(ACME);
        assertThat(key.id()).isEqualTo("a#b#c");
    }

    @Test
    void refusesAKeyThatDoesNotFitTheTable() {
        assertThatThrownBy(() -> ItemKey.of(LINES, new NoteKey(ACME, "n1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lines");
    }

    @Test
    void refusesACodecThatWritesTheStoresOwnAttributes() {
        ItemCodec<Note> greedy = new ItemCodec<>() {
            @Override
            public void write(Note value, ItemWriter item) {
                item.string("shelf", value.shelf());
            }

            @Override
            public Note read(ItemReader item) {
                return note;
            }
        };
        Table<Note> table = new Table<>("notes", "note", false, greedy, NOTES.indexes(), null);

        assertThatThrownBy(() -> Items.item(table, note))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'shelf'");
    }
}
