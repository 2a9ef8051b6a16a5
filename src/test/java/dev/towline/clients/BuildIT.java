package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clients/build.mjs} on a project whose build takes no time, and notes each time that it ran. */
class BuildIT {

    private static final Path SCRIPT = Path.of(System.getProperty("towline.project-dir", ""), "clients", "build.mjs");

    @TempDir
    private Path clients;

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(clients.resolve("page/src"));
        Files.createDirectories(clients.resolve("schema"));
        write("page/package.json", """
            {"name": "page", "version": "1.0.0", "scripts": {"build": "node build.mjs"}, "towline": {"inputs": ["../schema"]}}\
            """);
        write("page/package-lock.json", """
            {"name": "page", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "page", "version": "1.0.0"}}}\
            """);
        write("page/.npmrc", "");
        write("page/build.mjs", """
            import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
            mkdirSync('dist', { recursive: true });
            appendFileSync('dist/builds', '.');
            if (readFileSync('src/page.txt', 'utf8') === 'broken') process.exit(1);
            """);
        write("page/src/page.txt", "one");
        write("schema/page.graphqls", "one");
    }

    @Test
    void buildsOnlyWhatHasChanged() throws IOException, InterruptedException {
        assertThat(build("node")).isZero();
        assertThat(build("node")).isZero();
        assertThat(builds()).isEqualTo(1);

        write("page/src/page.txt", "two");
        assertThat(build("node")).isZero();
        assertThat(builds()).isEqualTo(2);
        assertThat(installations()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenAFolderBesideItThatItReadsHasChanged() throws IOException, InterruptedException {
        assertThat(build("node")).isZero();
        write("schema/page.graphqls", "two");
        assertThat(build("node")).isZero();
        assertThat(builds()).isEqualTo(2);

        write("schema/another.graphqls", "");
        assertThat(build("node")).isZero();
        assertThat(builds()).isEqualTo(3);
        assertThat(installations()).isEqualTo(1);
    }

    @Test
    void installsAgainWhenItsPackagesHaveChanged() throws IOException, InterruptedException {
        assertThat(build("node")).isZero();
        write("page/package-lock.json", """
            {"name": "page", "version": "1.0.1", "lockfileVersion": 3, "packages": {"": {"name": "page", "version": "1.0.1"}}}\
            """);
        assertThat(build("node")).isZero();
        assertThat(build("node")).isZero();
        assertThat(installations()).isEqualTo(2);
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsAgainWhatIsGone() throws IOException, InterruptedException {
        assertThat(build("node")).isZero();
        Files.delete(clients.resolve("page/dist/builds"));
        Files.delete(clients.resolve("page/dist"));
        assertThat(build("node")).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void takesNoBrokenBuildForDone() throws IOException, InterruptedException {
        write("page/src/page.txt", "broken");
        assertThat(build("node")).isEqualTo(1);
        assertThat(build("node")).isEqualTo(1);
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void saysWhichNodeItNeeds() throws IOException, InterruptedException {
        Path old = clients.resolve("old.mjs");
        write("old.mjs", """
            Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } });
            """);
        assertThat(build("node", "--import", old.toUri().toString())).isEqualTo(1);
        assertThat(printed()).content().contains("need Node 20.19 or later", "18.20.0");
    }

    private int build(String... node) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(node));
        command.addAll(List.of(SCRIPT.toString(), "page"));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed().toFile()));
        process.environment().put("TOWLINE_CLIENTS", clients.toString());
        return process.start().waitFor();
    }

    private long builds() throws IOException {
        return Files.size(clients.resolve("page/dist/builds"));
    }

    private long installations() throws IOException {
        try (Stream<String> lines = Files.lines(printed())) {
            return lines.filter(line -> line.startsWith("clients/page: npm ci "))
                    .count();
        }
    }

    /** What all builds of a test have said. */
    private Path printed() {
        return clients.resolve("printed");
    }

    private void write(String path, String content) throws IOException {
        Files.writeString(clients.resolve(path), content);
    }
}
