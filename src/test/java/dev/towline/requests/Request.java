package dev.towline.requests;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent.
 *
 * @param method of HTTP; GET for a WebSocket
 * @param target path and query
 * @param messages of a WebSocket, in their order; else there is one, the body
 * @param asked what it asks for, as far as anything can be told of it; null if it cannot
 */
record Request(
        Transport transport,
        String method,
        String target,
        List<Header> headers,
        List<byte[]> messages,
        @Nullable Asked asked) {

    enum Transport {
        POST,
        GET,
        SSE,
        WEBSOCKET,
        /** HTTP with bytes that no client library would send. */
        RAW
    }

    record Header(String name, String value) {

        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /** Whether anything in it could be taken for a mutation. */
    boolean mayMutate() {
        return asked != null && asked.document().contains("mutation");
    }

    /** In the form of commands of a shell. */
    String command(int port) {
        String address = "127.0.0.1:" + port;
        String options = headers.stream()
                .map(header -> " -H " + quoted(header.toString()))
                .collect(Collectors.joining());
        return switch (transport) {
            case WEBSOCKET ->
                messages.stream()
                        .map(message -> "\n  " + quoted(new String(message, StandardCharsets.UTF_8)))
                        .collect(Collectors.joining(
                                "",
                                "wscat -c ws://%s%s -s graphql-transport-ws%s, then"
                                        .formatted(address, target, options),
                                ""));
            case RAW -> "printf %%s %s | nc 127.0.0.1 %d".formatted(quoted(messages.getFirst()), port);
            default ->
                "curl -N -X %s %s%s%s"
                        .formatted(
                                method,
                                quoted("http://" + address + target),
                                options,
                                messages.isEmpty() ? "" : " --data-binary " + quoted(messages.getFirst()));
        };
    }

    private static String quoted(String text) {
        return quoted(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As Bash reads it. */
    private static String quoted(byte[] bytes) {
        StringBuilder quoted = new StringBuilder("$'");
        for (byte each : bytes) {
            if (each == '\'' || each == '\\') {
                quoted.append('\\').append((char) each);
            } else if (each < ' ' || each == 127) {
                quoted.append("\\x%02x".formatted(each));
            } else {
                quoted.append((char) each);
            }
        }
        return quoted.append('\'').toString();
    }
}
