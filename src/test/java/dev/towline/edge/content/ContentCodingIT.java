package dev.towline.edge.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.content.ContentServer.Answer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed content on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentCodingIT {

    private ContentServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws LifecycleException {
        server = new ContentServer(folder, new Texts());
    }

    @AfterAll
    void stop() throws LifecycleException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip"})
    void compressesFromOneKibibyte(String coding) throws IOException, InterruptedException {
        Answer small = server.get("/?bytes=1023", "Accept-Encoding", coding);
        Answer large = server.get("/?bytes=1024", "Accept-Encoding", coding);

        assertThat(small.header("Content-Encoding")).isEmpty();
        assertThat(small.text()).isEqualTo(Texts.of(1023));
        assertThat(large.header("Content-Encoding")).isEqualTo(coding);
        assertThat(large.response().body()).hasSizeLessThan(200);
        assertThat(large.text()).isEqualTo(Texts.of(1024));
    }

    @Test
    void readsAcceptEncodingInSeveralLinesAsOneList() throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=5000", "Accept-Encoding", "gzip, br", "Accept-Encoding", "br;q=0");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    }

    @Test
    void doesNotCompressWithoutAcceptEncoding() throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=5000");

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Length")).isEqualTo("5000");
    }

    @Test
    void answersHeadWithTheHeadersOfGet() throws IOException, InterruptedException {
        Answer head = server.send("HEAD", "/?bytes=5000", "Accept-Encoding", "br");
        Answer get = server.get("/?bytes=5000", "Accept-Encoding", "br");

        assertThat(head.header("Content-Encoding")).isEqualTo("br");
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        assertThat(head.response().body()).isEmpty();
    }

    /** Answers with text of the requested length. */
    private static final class Texts extends HttpServlet {

        private static final long serialVersionUID = 1L;

        static String of(int bytes) {
            return "abcdefghij".repeat(bytes / 10 + 1).substring(0, bytes);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            byte[] content = of(Integer.parseInt(request.getParameter("bytes"))).getBytes(UTF_8);
            new EncodedContent(content).write(request, response);
        }
    }
}
