package dev.towline.edge.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compression of static files by the build. */
class CompressStaticIT {

    private static final Path SCRIPT = Path.of(
            Objects.requireNonNullElse(System.getProperty("towline.project-dir"), "."), ".ci", "compressStatic.mjs");

    private static final String LONG = "long ".repeat(1000);

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("assets"));
        Files.writeString(folder.resolve("assets/a.js"), LONG);
        Files.writeString(folder.resolve("short.js"), "short");
        Files.writeString(folder.resolve("a.png"), LONG);
    }

    @Test
    void writesEveryCodingNextToAFile() throws IOException {
        compress(folder);

        Brotli4jLoader.ensureAvailability();
        assertThat(text(new BrotliInputStream(Files.newInputStream(folder.resolve("assets/a.js.br")))))
                .isEqualTo(LONG);
        assertThat(text(new GZIPInputStream(Files.newInputStream(folder.resolve("assets/a.js.gz")))))
                .isEqualTo(LONG);
    }

    @Test
    void skipsShortAndCompressedFiles() throws IOException {
        compress(folder);

        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder("assets/a.js", "assets/a.js.br", "assets/a.js.gz", "short.js", "a.png");
        }
    }

    @Test
    void compressesAgainOnlyChangedFiles() throws IOException {
        compress(folder);
        Files.writeString(folder.resolve("assets/a.js.gz"), "kept");
        Files.setLastModifiedTime(
                folder.resolve("assets/a.js.gz"), Files.getLastModifiedTime(folder.resolve("assets/a.js.br")));
        compress(folder);
        assertThat(folder.resolve("assets/a.js.gz")).hasContent("kept");

        Files.setLastModifiedTime(folder.resolve("assets/a.js"), FileTime.from(Instant.EPOCH));
        compress(folder);
        assertThat(text(new GZIPInputStream(Files.newInputStream(folder.resolve("assets/a.js.gz")))))
                .isEqualTo(LONG);
    }

    @Test
    void succeedsWithoutAFolder() throws IOException {
        compress(folder.resolve("none"));

        assertThat(folder.resolve("none")).doesNotExist();
    }

    private static void compress(Path folder) throws IOException {
        Process process = new ProcessBuilder("node", SCRIPT.toString(), folder.toString())
                .inheritIO()
                .start();
        assertThat(process.onExit().join().exitValue()).isZero();
    }

    private static String text(InputStream in) throws IOException {
        try (in) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
