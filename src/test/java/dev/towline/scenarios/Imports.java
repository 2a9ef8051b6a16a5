package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator who imports vendors. Blocking, thread-safe. */
public record Imports(Caller operator) {

    public static final String CSV = "text/csv";

    /** What tests look at of a job. */
    private static final String JOB =
            "{ id kind status progress rowsDone rowsTotal rowsChanged errorCount errors { line reason } warnings"
                    + " startedAt endedAt version }";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    /** One of the tenant of this caller. */
    public static Imports of(Caller caller) {
        return new Imports(caller.with("X-Towline-Local-Role", "OPERATOR"));
    }

    /** Sends a file; the whole answer. */
    public HttpResponse<String> send(byte[] file, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/imports".formatted(operator.port())))
                .POST(BodyPublishers.ofByteArray(file));
        headers.forEach(request::header);
        if (!operator.tenant().isEmpty()) {
            request.header("X-Towline-Local-Tenant", operator.tenant())
                    .header("X-Towline-Local-Subject", operator.subject());
        }
        operator.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
        return Http.send(request);
    }

    /** Sends a file in CSV; the id of the upload. */
    public String upload(String csv) {
        return upload(csv.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", CSV));
    }

    /** Sends a file; the id of the upload. */
    public String upload(byte[] file, Map<String, String> headers) {
        HttpResponse<String> response = send(file, headers);
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        return JsonMapper.shared().readTree(response.body()).path("uploadId").asString();
    }

    /** Starts a job; its id. */
    public String start(String uploadId) {
        return operator.mutate("startVendorImport(input: {uploadId: '%s'}) { id }".formatted(uploadId))
                .path("id")
                .asString();
    }

    /** The job as it is now. */
    public JsonNode job(String id) {
        return operator.query("getJob(id: '%s') %s".formatted(id, JOB));
    }

    /** The job as it ended. */
    public JsonNode ended(String id) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ENDS.contains(job(id).path("status").asString()));
        return job(id);
    }

    /** Imports a file in CSV to the end; the job. */
    public JsonNode load(String csv) {
        return ended(start(upload(csv)));
    }
}
