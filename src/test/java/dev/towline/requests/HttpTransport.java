package dev.towline.requests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** Sends requests by POST, GET and other methods, and reads whole answers and event streams. Blocking. */
final class HttpTransport implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    HttpTransport(int port) {
        this.port = port;
    }

    Answer send(Request request, Watched watched) {
        Answer answer = new Answer();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                exchange(request, watched, answer);
            } catch (IOException | RuntimeException e) {
                answer.flaw("broken off: " + e);
            } catch (InterruptedException late) {
                answer.flaw("nothing more came in time");
            }
            done.complete(null);
        });
        done.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return answer;
    }

    private void exchange(Request request, Watched watched, Answer answer) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(port, request.target())))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .method(
                        request.method(),
                        request.messages().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.messages().getFirst()));
        request.headers().forEach(header -> builder.header(header.name(), header.value()));
        HttpResponse<InputStream> response = client.send(builder.build(), BodyHandlers.ofInputStream());
        answer.status(response.statusCode());
        answer.mediaType(response.headers().firstValue("Content-Type").orElse(""));
        answer.entityTag(response.headers().firstValue("ETag").orElse(""));
        boolean zipped =
                response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        try (InputStream raw = response.body();
                InputStream body = zipped ? new GZIPInputStream(raw) : raw) {
            // HEAD has the headers of a stream alone
            if (answer.mediaType().startsWith("text/event-stream")
                    && !request.method().equals("HEAD")) {
                events(body, watched, answer);
            } else {
                byte[] whole = body.readAllBytes();
                if (whole.length > 0) {
                    answer.read(whole);
                }
            }
        }
    }

    private static void events(InputStream body, Watched watched, Answer answer) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        String event = "";
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
                if (event.equals("complete")) {
                    return;
                }
            } else if (line.startsWith("data: ")) {
                JsonNode result =
                        answer.parsed(line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8));
                if (result == null || !event.equals("next")) {
                    answer.flaw("not an event of the protocol: " + event);
                    return;
                }
                answer.read(result);
                if (!watched.goesOn(result)) {
                    return;
                }
            } else if (!line.isEmpty() && !line.startsWith(":")) {
                answer.flaw("not a line of an event stream");
            }
            line = lines.readLine();
        }
        answer.flaw("the stream ends without complete");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
