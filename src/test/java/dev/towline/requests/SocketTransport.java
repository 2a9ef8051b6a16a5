package dev.towline.requests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends each request over a WebSocket of its own. Blocking. */
final class SocketTransport implements AutoCloseable {

    /** Of the operation in every request. */
    static final String ID = "op";

    private static final String COMPLETE = "{\"type\":\"complete\",\"id\":\"" + ID + "\"}";
    private static final int PATIENCE_SECONDS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    SocketTransport(int port) {
        this.port = port;
    }

    private sealed interface Event {}

    private record Message(String text) implements Event {}

    private record Closed(int code) implements Event {}

    Answer send(Request request, Watched watched) {
        Incoming incoming = new Incoming();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .buildAsync(URI.create("ws://127.0.0.1:%d%s".formatted(port, request.target())), incoming)
                .join();
        Answer answer = new Answer();
        answer.status(101);
        try {
            say(socket, request.messages());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (goesOn(incoming.next(deadline - System.nanoTime()), watched, answer)) {
                // there is more to come
            }
            say(socket, List.of(COMPLETE.getBytes(StandardCharsets.UTF_8)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            socket.abort();
        }
        return answer;
    }

    private static void say(WebSocket socket, List<byte[]> messages) {
        try {
            for (byte[] message : messages) {
                socket.sendText(new String(message, StandardCharsets.UTF_8), true)
                        .join();
            }
        } catch (CompletionException closed) {
            // by the other side; what it said before is still to be heard
        }
    }

    private static boolean goesOn(@Nullable Event event, Watched watched, Answer answer) {
        switch (event) {
            case null -> answer.flaw("nothing more came in time");
            case Closed closed -> answer.status(closed.code);
            case Message message -> {
                JsonNode said = answer.parsed(message.text.getBytes(StandardCharsets.UTF_8));
                return said != null && goesOn(said, watched, answer);
            }
        }
        return false;
    }

    private static boolean goesOn(JsonNode said, Watched watched, Answer answer) {
        boolean own = said.path("id").asString("").equals(ID);
        switch (said.path("type").asString("")) {
            case "next" -> {
                answer.read(said.path("payload"));
                return watched.goesOn(said.path("payload"));
            }
            case "error" -> answer.read(JsonMapper.shared().createObjectNode().set("errors", said.path("payload")));
            case "connection_ack", "ping", "pong" -> {
                return true;
            }
            case "complete" -> {}
            default -> answer.flaw("not a message of the protocol");
        }
        return !own;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static final class Incoming implements WebSocket.Listener {

        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Nullable
        Event next(long patienceNanoseconds) throws InterruptedException {
            return events.poll(patienceNanoseconds, TimeUnit.NANOSECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(new Message(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add(new Closed(code));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.add(new Closed(1006));
        }
    }
}
