package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Requests and WebSocket frames in which some bytes were changed by chance. The seed is the name, so that each is the same every time. After
 * each the service must answer a request as it should.
 */
final class RandomBytes {

    private static final int FRAMES = 100;

    /** The body is not UTF-8 or not JSON, its document cannot be parsed, or the request is not HTTP. */
    private static final String BAD = "400 BAD_INPUT";

    /** The bodies of these seeds have documents that do not validate, and one has a member that nobody knows. */
    private static final Map<Integer, String> JSON = Map.of(1, "422 BAD_INPUT", 7, "422 BAD_INPUT", 18, "200 data");

    /** The requests of these seeds have another path. */
    private static final Map<Integer, String> HTTP = Map.of(18, "404 BAD_INPUT", 20, "404 BAD_INPUT");

    /**
     * With which code the frames of each seed are refused. It depends on the first fault: the frame breaks RFC 6455 (1002), its text is not
     * UTF-8 (1007), or it is not a message of graphql-transport-ws (4400).
     */
    private static final List<Integer> CLOSE_CODES = List.of(
            1007, 1002, 4400, 1007, 1002, 1002, 1007, 1002, 1007, 1002, 4400, 1007, 1002, 1002, 1007, 1002, 1002, 1007,
            4400, 1007, 4400, 1007, 1002, 1007, 1007);

    private static final byte[] AS_IT_SHOULD =
            Wire.post("", Json.request("{ __typename }").getBytes(UTF_8));

    private static final String HEAD = String.join(
            "\r\n",
            "POST /graphql HTTP/1.1",
            "Host: localhost",
            "Connection: close",
            "Content-Type: application/json",
            "Content-Length: ");
    private static final String BODY = "{\"query\":\"query($v: ID!) { getVendor(id: $v) { name position { latitude } }"
            + " }\",\"variables\":{\"v\":\"\u00e9\ud83d\udca5\"},\"extensions\":{\"a\":[1e3,null]}}";

    private RandomBytes() {}

    static List<HostileInput> all() {
        List<HostileInput> inputs = new ArrayList<>();
        for (int seed = 0; seed < CLOSE_CODES.size(); seed++) {
            Random random = new Random(seed);
            byte[] body = BODY.getBytes(UTF_8);
            byte[] broken = changed(random, body);
            byte[] request = changed(random, (HEAD + body.length + "\r\n\r\n" + BODY).getBytes(UTF_8));
            int frames = seed;
            inputs.add(input(
                    "random bodies",
                    seed,
                    JSON.getOrDefault(seed, BAD),
                    port -> Wire.exchange(port, Wire.post("", broken))));
            inputs.add(
                    input("random requests", seed, HTTP.getOrDefault(seed, BAD), port -> Wire.exchange(port, request)));
            inputs.add(input(
                    "random frames",
                    seed,
                    "closed " + CLOSE_CODES.get(seed),
                    port -> frames(port, new Random(frames))));
        }
        return inputs;
    }

    private static HostileInput input(String kind, int seed, String expected, HostileInput.Attack attack) {
        return new HostileInput(kind, "seed " + seed, expected, port -> {
            String answer = attack.on(port);
            String next = Wire.exchange(port, AS_IT_SHOULD);
            return next.equals("200 data") ? answer : "then " + next;
        });
    }

    private static byte[] changed(Random random, byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static byte[] message(int id) {
        return ("{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ __typename }\","
                        + "\"variables\":{\"a\":[1]}}}")
                .getBytes(UTF_8);
    }

    /** Frames of a connection that has begun as it should: some as they should be, others with a wrong head, length or payload. */
    private static String frames(int port, Random random) throws IOException {
        try (RawSocket socket = RawSocket.acknowledged(port)) {
            boolean open = true;
            for (int i = 0; i < FRAMES && open; i++) {
                byte[] message = message(i);
                byte[] payload = random.nextBoolean() ? message : changed(random, message);
                int head = random.nextInt(4) == 0 ? random.nextInt(256) : 0x81;
                long length = random.nextInt(20) == 0 ? random.nextInt(1_000) : payload.length;
                open = socket.frame(head, payload, length, random.nextInt(20) != 0);
            }
            return socket.end();
        }
    }
}
