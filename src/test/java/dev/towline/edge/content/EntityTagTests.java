package dev.towline.edge.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntityTagTests {

    @Test
    void computesAWeakTag() {
        assertThat(tag("a", "b")).isEqualTo(tag("ab")).matches("W/\"[\\w-]{43}\"");
        assertThat(tag("a")).isNotEqualTo(tag("b"));
    }

    private static String tag(String... parts) {
        byte[][] bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].getBytes(UTF_8);
        }
        return EntityTag.of(bytes);
    }
}
