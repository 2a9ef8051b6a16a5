package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTests {

    @TempDir
    private Path parent;

    @Test
    void keepsWhatIsThere() throws IOException {
        Path stored = storeSomething(path());
        DataFolder.open(path(), false).close();
        assertThat(stored).exists();
    }

    @Test
    void emptiesOnlyWhatItMade() throws IOException {
        Path stored = storeSomething(path());
        Path foreign = Files.writeString(path().resolve("notes.txt"), "mine");
        Path outside = Files.createDirectories(parent.resolve("outside"));
        Path linked = Files.writeString(outside.resolve("precious"), "mine");
        Files.createSymbolicLink(stored.resolveSibling("link"), outside);

        DataFolder.open(path(), true).close();

        assertThat(stored).doesNotExist();
        assertThat(foreign).exists();
        assertThat(linked).exists();
    }

    @Test
    void leavesAFolderAloneThatItDidNotMake() throws IOException {
        Path precious = Files.createDirectories(path().resolve("redis")).resolve("dump.rdb");
        Files.writeString(precious, "mine");
        assertThatExceptionOfType(LocalRunRefused.class)
                .isThrownBy(() -> DataFolder.open(path(), true))
                .withMessageContaining("towline.local.data-dir");
        assertThat(precious).exists();
    }

    @Test
    void isForOneRunAtATime() {
        try (DataFolder first = DataFolder.open(path(), false)) {
            assertThatExceptionOfType(LocalRunRefused.class)
                    .isThrownBy(() -> DataFolder.open(first.path(), true))
                    .withMessageContaining("towline.local.data-dir")
                    .withMessageContaining("another run");
        }
        DataFolder.open(path(), false).close();
    }

    @Test
    void saysWhenThePathIsNoFolder() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");
        assertThatExceptionOfType(LocalRunRefused.class)
                .isThrownBy(() -> DataFolder.open(file, false))
                .withMessageContaining("towline.local.data-dir");
    }

    private Path path() {
        return parent.resolve("data");
    }

    private static Path storeSomething(Path path) throws IOException {
        try (DataFolder folder = DataFolder.open(path, false)) {
            return Files.writeString(Files.createDirectories(folder.redis()).resolve("appendonly.aof"), "kept");
        }
    }
}
