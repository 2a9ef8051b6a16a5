package dev.towline.edge.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.content.ContentServer.Answer;
import jakarta.servlet.ServletException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressionIT {

    private static final String JSON = "application/json";

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
    @CsvSource({"br, length", "gzip, length", "br, chunks", "gzip, chunks", "br, writer", "gzip, writer"})
    void compressesFromOneKibibyte(String coding, String how) throws IOException, InterruptedException {
        Answer small = server.get("/?bytes=1023&how=" + how, "Accept-Encoding", coding);
        Answer large = server.get("/?bytes=1024&how=" + how, "Accept-Encoding", coding);

        assertThat(small.header("Content-Encoding")).isEmpty();
        assertThat(small.text()).isEqualTo(Texts.of(1023));
        assertThat(large.header("Content-Encoding")).isEqualTo(coding);
        assertThat(large.response().body()).hasSizeLessThan(200);
        assertThat(large.text()).isEqualTo(Texts.of(1024));
        assertThat(large.header("Vary")).isEqualTo("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip"})
    void compressesWhatIsAnsweredLater(String coding) throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=50000&later=1", "Accept-Encoding", coding);

        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.text()).isEqualTo(Texts.of(50_000));
    }

    @Test
    void keepsAShortAnswerThatComesLater() throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=10&later=1", "Accept-Encoding", "br");

        assertThat(answer.text()).isEqualTo(Texts.of(10));
    }

    @Test
    void leavesItToWhoeverDoesNotAsk() throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=5000&how=length");

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Length")).isEqualTo("5000");
        assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/graphql-response+json;charset=UTF-8",
                "text/html",
                "text/javascript;charset=UTF-8",
                "image/svg+xml",
                "TEXT/CSS"
            })
    void compressesEveryKindOfText(String type) throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=5000&type=" + encoded(type), "Accept-Encoding", "gzip");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream;charset=UTF-8", "image/png", "font/woff2", "application/octet-stream"})
    void leavesStreamsOfEventsAndWhatIsCompressedAlready(String type) throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=5000&type=" + encoded(type), "Accept-Encoding", "gzip, br");

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Vary")).isEmpty();
        assertThat(answer.text()).isEqualTo(Texts.of(5000));
    }

    @Test
    void leavesWhatMustNotBeTransformed() throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=5000&header=Cache-Control:no-transform", "Accept-Encoding", "gzip");

        assertThat(answer.header("Content-Encoding")).isEmpty();
    }

    @Test
    void leavesTheHandshakeOfAWebSocket() throws IOException, InterruptedException {
        // the client of the JDK does not let this header be set; the filter alone shows it as well
        assertThat(UpgradeProbe.isWrapped("websocket")).isFalse();
        assertThat(UpgradeProbe.isWrapped("h2c")).isTrue();
    }

    @Test
    void givesEachCodingAStrongTagOfItsOwn() throws IOException, InterruptedException {
        String path = "/?bytes=5000&header=ETag:%22v1%22";

        assertThat(server.get(path).header("ETag")).isEqualTo("\"v1\"");
        assertThat(server.get(path, "Accept-Encoding", "br").header("ETag")).isEqualTo("\"v1-br\"");
        assertThat(server.get(path, "Accept-Encoding", "gzip").header("ETag")).isEqualTo("\"v1-gzip\"");
        assertThat(server.get("/?bytes=5&header=ETag:%22v1%22", "Accept-Encoding", "gzip")
                        .header("ETag"))
                .isEqualTo("\"v1\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"\"v1\", \"v1\"", "\"v1-br\", \"v1-br\"", "W/\"v1\", \"v1\"", "W/\"v1-br\", \"v1-br\""})
    void recognisesATagWithAndWithoutTheCoding(String theirs, String known) throws IOException, InterruptedException {
        Answer answer = server.get(
                "/?bytes=5000&header=ETag:%22v1%22&known=1",
                "Accept-Encoding", "br", "If-None-Match", "\"v0\", " + theirs);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(known);
        assertThat(answer.response().body()).isEmpty();
    }

    @Test
    void recognisesATagInAnyLine() throws IOException, InterruptedException {
        Answer answer = server.get(
                "/?bytes=5000&header=ETag:%22v1%22&known=1",
                "Accept-Encoding", "br", "If-None-Match", "\"v0\"", "If-None-Match", "\"v1-br\"");

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo("\"v1-br\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "identity"})
    void doesNotRecogniseTheTagOfAnotherCoding(String coding) throws IOException, InterruptedException {
        Answer answer = server.get(
                "/?bytes=5000&header=ETag:%22v1%22&known=1", "Accept-Encoding", coding, "If-None-Match", "\"v1-gzip\"");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void namesWhatItAddsToVaryOnce() throws IOException, InterruptedException {
        assertThat(server.get("/?bytes=5000&header=Vary:Accept,accept-encoding").header("Vary"))
                .isEqualTo("Accept,accept-encoding");
        assertThat(server.get("/?bytes=5000&header=Vary:Accept").header("Vary")).isEqualTo("Accept, Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "throw"})
    void tellsAnErrorThatComesAfterTheBeginningUncompressed(String end) throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=2000&how=chunks&end=" + end, "Accept-Encoding", "gzip");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.text()).contains("500");
    }

    @Test
    void flushesWhatIsToLeaveAtOnce() throws IOException, InterruptedException {
        Answer answer = server.get("/?bytes=3000&how=flushes", "Accept-Encoding", "br");

        assertThat(answer.text()).isEqualTo(Texts.of(3000));
    }

    private static String encoded(String type) {
        return java.net.URLEncoder.encode(type, UTF_8);
    }

    /** Answers with as much text as is asked for, in the way that is asked for. */
    private static final class Texts extends HttpServlet {

        private static final long serialVersionUID = 1L;

        static String of(int bytes) {
            return "abcdefghij".repeat(bytes / 10 + 1).substring(0, bytes);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (request.getParameter("later") != null && request.getAttribute("later") == null) {
                request.setAttribute("later", true);
                var async = request.startAsync(request, response);
                async.start(async::dispatch);
                return;
            }
            String type = request.getParameter("type");
            response.setContentType(type == null ? JSON : type);
            String header = request.getParameter("header");
            if (header != null) {
                response.setHeader(header.split(":", 2)[0], header.split(":", 2)[1]);
            }
            if (request.getParameter("known") != null
                    && request.getHeader("If-None-Match").contains(response.getHeader("ETag"))) {
                response.setStatus(304);
                return;
            }
            write(of(Integer.parseInt(request.getParameter("bytes"))), request.getParameter("how"), response);
            if ("error".equals(request.getParameter("end"))) {
                response.sendError(500);
            }
            if ("throw".equals(request.getParameter("end"))) {
                throw new ServletException("for the test");
            }
        }

        private static void write(String text, String how, HttpServletResponse response) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            switch (how) {
                case "writer" -> response.getWriter().write(text);
                case "chunks", "flushes" -> {
                    for (int from = 0; from < bytes.length; from += 100) {
                        response.getOutputStream().write(bytes, from, Math.min(100, bytes.length - from));
                        if (how.equals("flushes")) {
                            response.flushBuffer();
                        }
                    }
                }
                case null, default -> {
                    response.setContentLength(bytes.length);
                    response.getOutputStream().write(bytes);
                }
            }
        }
    }

    /** Shows whether the filter puts itself around an answer. */
    private static final class UpgradeProbe {

        static boolean isWrapped(String upgrade) throws IOException {
            var request = new org.springframework.mock.web.MockHttpServletRequest();
            request.addHeader("Upgrade", upgrade);
            boolean[] wrapped = new boolean[1];
            try {
                new CompressionFilter()
                        .doFilter(
                                request,
                                new org.springframework.mock.web.MockHttpServletResponse(),
                                (_, response) -> wrapped[0] = response instanceof CompressedResponse);
            } catch (ServletException e) {
                throw new AssertionError(e);
            }
            return wrapped[0];
        }
    }
}
