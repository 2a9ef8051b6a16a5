package dev.towline.edge.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.content.ContentServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Static files on a real server, from a folder and from a jar. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaticFilesIT {

    private static final String LONG = "long ".repeat(1000);
    private static final String SCRIPT = "script ".repeat(1000);
    private static final String HASHED = "/assets/index-B1gTqf0w.js";

    private ContentServer server;

    @EnableWebMvc
    private static final class Mvc {}

    @BeforeAll
    void start(@TempDir Path folder) throws LifecycleException, IOException {
        Path files = Files.createDirectories(folder.resolve("static"));
        Files.createDirectories(files.resolve("assets"));
        Files.createDirectories(files.resolve("page"));
        Files.writeString(files.resolve("index.html"), "start");
        Files.writeString(files.resolve("page/index.html"), "page");
        Files.writeString(files.resolve("readme.txt"), LONG);
        Files.writeString(files.resolve("assets/index-B1gTqf0w.js"), SCRIPT);
        // The content differs from the file, to show which of them was sent.
        try (OutputStream coded =
                new GZIPOutputStream(Files.newOutputStream(files.resolve("assets/index-B1gTqf0w.js.gz")))) {
            coded.write("from the build".getBytes(UTF_8));
        }
        var context = new GenericWebApplicationContext();
        context.registerBean(Mvc.class);
        context.registerBean(StaticFiles.class, () -> files("file:" + files + "/"));
        server = new ContentServer(folder, new DispatcherServlet(context));
    }

    @AfterAll
    void stop() throws LifecycleException {
        server.close();
    }

    @Test
    void servesAFileUnchanged() throws IOException, InterruptedException {
        Answer answer = server.get("/readme.txt");

        assertThat(answer.text()).isEqualTo(LONG);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(answer.header("Content-Length")).isEqualTo("5000");
    }

    @ParameterizedTest
    @CsvSource({"/, start", "/page/, page", "/page, page", "/page/index.html, page"})
    void servesTheIndexOfAFolder(String path, String text) throws IOException, InterruptedException {
        assertThat(server.get(path).text()).isEqualTo(text);
    }

    @Test
    void sendsFilesThatTheBuildHasCompressed() throws IOException, InterruptedException {
        Answer answer = server.get(HASHED, "Accept-Encoding", "gzip");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.text()).isEqualTo("from the build");
        assertThat(answer.header("Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
        assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    }

    @Test
    void sendsAFileUnchangedIfTheClientAcceptsNoneOfItsCodings() throws IOException, InterruptedException {
        Answer answer = server.get(HASHED, "Accept-Encoding", "br");

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.text()).isEqualTo(SCRIPT);
        assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    }

    @Test
    void aFileWithAHashInItsNameMayBeStoredForAYear() throws IOException, InterruptedException {
        assertThat(server.get(HASHED).header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/readme.txt"})
    void everyOtherFileIsRevalidated(String path) throws IOException, InterruptedException {
        assertThat(server.get(path).header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void eachCodingHasTheSameWeakTag() throws IOException, InterruptedException {
        String plain = server.get(HASHED).header("ETag");
        String coded = server.get(HASHED, "Accept-Encoding", "gzip").header("ETag");
        Answer again = server.get(HASHED, "Accept-Encoding", "gzip", "If-None-Match", coded);

        assertThat(plain).startsWith("W/\"").endsWith("\"");
        assertThat(coded).isEqualTo(plain);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(coded);
        assertThat(again.header("Cache-Control")).contains("immutable");
        assertThat(server.get("/readme.txt", "If-None-Match", plain).status()).isEqualTo(200);
    }

    @Test
    void answersHeadWithoutContent() throws IOException, InterruptedException {
        Answer answer = server.send("HEAD", "/readme.txt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("5000");
        assertThat(answer.response().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/index-B1gTqf0w.js.gz",
                "/assets/",
                "/nothing",
                "/page/a/b",
                "/pages/a",
                "/assets/a",
                "/assets/../readme.txt",
                "/%2e%2e/static/readme.txt",
                "/assets/%2e%2e/readme.txt",
                "/..%2freadme.txt"
            })
    void servesNothingElse(String path) throws IOException, InterruptedException {
        assertThat(server.get(path).status()).isIn(400, 404);
    }

    @Test
    void rejectsPost() throws IOException, InterruptedException {
        var answer = server.send("POST", "/readme.txt");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(server.send("POST", "/nothing").status()).isEqualTo(404);
    }

    @Test
    void listsTheSupportedMethods() throws IOException, InterruptedException {
        var answer = server.send("OPTIONS", "/readme.txt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void findsFilesInAJar(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("service.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name :
                    List.of("static/", "static/a/", "static/a/static/", "static/a/static/b.txt", "other.txt")) {
                out.putNextEntry(new ZipEntry(name));
                out.closeEntry();
            }
        }

        assertThat(files("jar:" + jar.toUri() + "!/static/").paths()).containsExactly("/a/static/b.txt");
        assertThat(files("classpath*:/there-is-no-such-folder/").paths()).isEmpty();
    }

    private static StaticFiles files(String location) {
        try {
            return StaticFiles.in(location, Set.of("/page"), new PathMatchingResourcePatternResolver());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
