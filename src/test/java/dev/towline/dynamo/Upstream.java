package dev.towline.dynamo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Executor;

/** The DynamoDB behind a {@link FaultyDynamo}. */
public final class Upstream implements AutoCloseable {

    /** The client sets the first four itself; an answer that is compressed could not be changed. */
    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "expect", "accept-encoding");

    private final URI target;
    private final HttpClient client;

    Upstream(URI target, Executor threads) {
        this.target = target;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
    }

    /** Forwards a request and brings the answer. Blocking. */
    public DynamoAnswer forward(DynamoRequest request) throws IOException, InterruptedException {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(target)
                .POST(HttpRequest.BodyPublishers.ofString(request.body().toString()));
        request.headers().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name)) {
                values.forEach(value -> forwarded.header(name, value));
            }
        });
        HttpResponse<String> response = client.send(forwarded.build(), HttpResponse.BodyHandlers.ofString());
        return new DynamoAnswer(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
