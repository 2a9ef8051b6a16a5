package dev.towline.hostile;

import java.io.IOException;

/**
 * One input that no honest client sends.
 *
 * @param kind what it is an example of
 * @param expected the whole answer in words, such as {@code 400 BAD_INPUT} (the status and the code of the first error),
 *     {@code 422 TOO_COMPLEX, depth} (and the limit that it names), {@code 200 data}, {@code closed 4400}, {@code cut off} (without an
 *     answer). A pattern only where it depends on time which of several right answers comes
 */
record HostileInput(String kind, String name, String expected, Attack attack) {

    /** Sends the input and says what came back. */
    @FunctionalInterface
    interface Attack {
        String on(int port) throws IOException;
    }

    boolean isAnsweredBy(String answer) {
        return answer.matches(expected);
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
