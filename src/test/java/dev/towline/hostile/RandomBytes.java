package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests and WebSocket frames in which some bytes were changed by chance. The seed is the name, so that each is the same every time. After
 * each the service must answer a request as it should.
 */
final class RandomBytes {

    private static final int SEEDS = 25;
    private static final int FRAMES = 100;

    /** Nothing but an answer to a client at fault, or an end without one; 501 and 505 say what HTTP does not have. */
    private static final String NO_FAULT = "(1|2|4)\\d\\d.*|501.*|505.*|cut off";

    private static final byte[] AS_IT_SHOULD =
            Wire.post("", Json.request("{ __typename }").getBytes(UTF_8));

    /** The time that the service has for a message, and more. */
    private static final Duration UNTIL_GIVEN_UP = Duration.ofSeconds(10);

    private static final String HEAD = String.join(
            "\r\n",
            "POST /graphql HTTP/1.1",
            "Host: localhost",
            "Connection: close",
            "Content-Type: application/json",
            "Content-Length: ");
    private static final String BODY = "{\"query\":\"query($v: ID!) { getVendor(id: $v) { name position { latitude } }"
            + " }\",\"variables\":{\"v\":\"\u00e9\ud83d\udca5\"},\"extensions\":{\"a\":[1e3,null]}}";
    private static final String MESSAGE = "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ __typename"
            + " }\",\"variables\":{\"a\":[1]}}}";

    private RandomBytes() {}

    static List<HostileInput> all() {
        List<HostileInput> inputs = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            byte[] body = BODY.getBytes(UTF_8);
            byte[] broken = changed(random, body);
            byte[] request = changed(random, (HEAD + body.length + "\r\n\r\n" + BODY).getBytes(UTF_8));
            byte[] framesOf = MESSAGE.getBytes(UTF_8);
            int frames = seed;
            inputs.add(input("random bodies", seed, NO_FAULT, port -> Wire.exchange(port, Wire.post("", broken))));
            inputs.add(input("random requests", seed, NO_FAULT, port -> Wire.exchange(port, request)));
            inputs.add(input(
                    "random frames",
                    seed,
                    "closed .*|cut off|message|data|BAD_INPUT",
                    port -> frames(port, new Random(frames), framesOf)));
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

    /** Frames of a connection that has begun as it should: some as they should be, others with a wrong head, length or payload. */
    private static String frames(int port, Random random, byte[] message) throws IOException {
        try (RawSocket socket = RawSocket.acknowledged(port)) {
            socket.wire().patience(Duration.ofSeconds(1));
            boolean open = true;
            for (int i = 0; i < FRAMES && open; i++) {
                byte[] payload = random.nextBoolean() ? message : changed(random, message);
                int head = random.nextInt(4) == 0 ? random.nextInt(256) : 0x81;
                long length = random.nextInt(20) == 0 ? random.nextInt(1_000) : payload.length;
                open = socket.frame(head, payload, length, random.nextInt(20) != 0);
            }
            String end = socket.end();
            if (end.equals(RawSocket.SILENT)) {
                // it waits for the rest of the first message
                socket.wire().patience(UNTIL_GIVEN_UP);
                end = socket.end();
            }
            return end;
        }
    }
}
