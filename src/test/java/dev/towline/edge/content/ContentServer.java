package dev.towline.edge.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import jakarta.servlet.Servlet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat with one servlet. */
final class ContentServer implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Tomcat tomcat = new Tomcat();

    ContentServer(Path folder, Servlet servlet) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", null);
        context.addServletContainerInitializer(
                (_, container) -> {
                    var registration = container.addServlet("content", servlet);
                    registration.addMapping("/");
                    registration.setAsyncSupported(true);
                },
                null);
        tomcat.start();
    }

    record Answer(HttpResponse<byte[]> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }

        /** The text of the body, decoded by its content coding. */
        String text() throws IOException {
            InputStream bytes = new ByteArrayInputStream(response.body());
            try (InputStream in = switch (header("Content-Encoding")) {
                case "br" -> brotli(bytes);
                case "gzip" -> new GZIPInputStream(bytes);
                default -> bytes;
            }) {
                return new String(in.readAllBytes(), UTF_8);
            }
        }

        private static InputStream brotli(InputStream bytes) throws IOException {
            Brotli4jLoader.ensureAvailability();
            return new BrotliInputStream(bytes);
        }
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    Answer send(String method, String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:%d%s".formatted(tomcat.getConnector().getLocalPort(), path)))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    }

    @Override
    public void close() throws LifecycleException {
        client.shutdownNow();
        tomcat.stop();
        tomcat.destroy();
    }
}
