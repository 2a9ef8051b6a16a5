package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributeListsTests {

    private static final long ENOUGH = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void givesTheSameIdInEveryEndpoint() {
        // written down: another version must not give another one
        assertThat(AttributeLists.forgetful().idOf(List.of("a", "b"), ENOUGH)).isEqualTo(ID_OF_A_B);
        assertThat(AttributeLists.ofThisJvm().idOf(List.of("a", "b"), ENOUGH)).isEqualTo(ID_OF_A_B);
    }

    @Test
    void tellsListsApart() {
        var lists = AttributeLists.forgetful();
        assertThat(List.of(
                        lists.idOf(List.of("a", "b"), ENOUGH),
                        lists.idOf(List.of("ab"), ENOUGH),
                        lists.idOf(List.of("a"), ENOUGH),
                        lists.idOf(List.of("b", "a"), ENOUGH)))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 1 && id < 1L << 53);
        assertThat(lists.namesOf(lists.idOf(List.of("b", "a"), ENOUGH))).containsExactly("b", "a");
    }

    @Test
    void hasAnIdForTheEmptyListThatClientsDoNotAskFor() {
        assertThat(AttributeLists.forgetful().idOf(List.of(), ENOUGH)).isEqualTo(1);
        assertThat(AttributeLists.forgetful().namesOf(1)).isEmpty();
    }

    @Test
    void remembersListsInAFile() throws IOException {
        Path file = folder.resolve("lists");
        long id = AttributeLists.in(file).idOf(List.of("größe", "x\ny"), ENOUGH);
        Files.writeString(file, "\n[\"cut o", StandardOpenOption.APPEND);
        long other = AttributeLists.in(file).idOf(List.of("other"), ENOUGH);

        AttributeLists again = AttributeLists.in(file);
        assertThat(again.namesOf(id)).containsExactly("größe", "x\ny");
        assertThat(again.namesOf(other)).containsExactly("other");
    }

    @Test
    void refusesAnIdThatNobodyRegistered() {
        assertThatThrownBy(() -> AttributeLists.forgetful().namesOf(ID_OF_A_B))
                .isInstanceOf(DaxError.class)
                .hasMessageContaining("build the client anew");
    }

    @Test
    void keepsNoMoreThanItMay() {
        var lists = AttributeLists.forgetful();
        long id = lists.idOf(List.of("aaaa"), 10);
        assertThatThrownBy(() -> lists.idOf(List.of("bb"), 10)).isInstanceOf(DaxError.class);
        assertThat(lists.idOf(List.of("aaaa"), 10)).isEqualTo(id);
        assertThat(lists.idOf(List.of("b"), 10)).isNotEqualTo(id);
    }

    private static final long ID_OF_A_B = 389_733_638_167_822L;
}
