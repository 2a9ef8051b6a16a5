package dev.towline.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One command over a connection of its own, in RESP 2 (https://redis.io/docs/latest/develop/reference/protocol-spec/). */
final class RedisCommand {

    private static final int ANSWER_MILLIS = 5_000;

    private RedisCommand() {}

    /**
     * Sends it to that port of the loopback address, and returns the answer; the elements of an array have spaces between them. Blocking.
     *
     * @param words without spaces
     * @throws IllegalStateException if the answer is an error
     */
    static String send(int port, String... words) {
        try (Socket socket = new Socket(InetAddress.ofLiteral(LoopbackPort.ADDRESS), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write((String.join(" ", words) + "\r\n").getBytes(StandardCharsets.UTF_8));
            return answer(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(DataInputStream in) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '-' -> throw new IllegalStateException(rest);
            case '*' -> {
                List<String> elements = new ArrayList<>();
                for (int left = Integer.parseInt(rest); left > 0; left--) {
                    elements.add(answer(in));
                }
                yield String.join(" ", elements);
            }
            case '$' -> text(in, Integer.parseInt(rest));
            default -> rest;
        };
    }

    private static String text(DataInputStream in, int bytes) throws IOException {
        if (bytes < 0) {
            return "";
        }
        byte[] text = new byte[bytes];
        in.readFully(text);
        line(in);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readByte(); next != '\n'; next = in.readByte()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
