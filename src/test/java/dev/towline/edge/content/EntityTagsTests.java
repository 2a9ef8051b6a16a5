package dev.towline.edge.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntityTagsTests {

    @Test
    void tellsCodingsApart() {
        assertThat(EntityTags.coded("\"a\"", ContentCoding.BROTLI)).isEqualTo("\"a-br\"");
        assertThat(EntityTags.coded("\"a\"", ContentCoding.GZIP)).isEqualTo("\"a-gzip\"");
    }

    @Test
    void leavesAWeakTag() {
        assertThat(EntityTags.coded("W/\"a\"", ContentCoding.GZIP)).isEqualTo("W/\"a\"");
    }

    @Test
    void isTheSameForTheSameContentOnly() {
        assertThat(EntityTags.strong(bytes("a"), bytes("b")))
                .isEqualTo(EntityTags.strong(bytes("ab")))
                .matches("\"[\\w-]{43}\"");
        assertThat(EntityTags.strong(bytes("a"))).isNotEqualTo(EntityTags.strong(bytes("b")));
    }

    @Test
    void knowsTheContentBehindATag() {
        assertThat(EntityTags.plain("\"a-br\", \"b\", W/\"c-br\"", ContentCoding.BROTLI))
                .isEqualTo("\"a\", \"b\", W/\"c\"");
        assertThat(EntityTags.known("\"c\"", "\"a-br\", \"b\", \"c-br\"", ContentCoding.BROTLI))
                .hasValue("\"c-br\"");
        assertThat(EntityTags.known("\"c\"", "W/\"c-br\"", ContentCoding.BROTLI))
                .hasValue("\"c-br\"");
        assertThat(EntityTags.known("\"d\"", "*", ContentCoding.BROTLI)).isEmpty();
    }

    @Test
    void doesNotKnowACodingThatTheCallerDoesNotUnderstand() {
        assertThat(EntityTags.plain("\"a-gzip\"", ContentCoding.BROTLI)).isEqualTo("\"a-gzip\"");
        assertThat(EntityTags.plain("\"a-gzip\"", null)).isEqualTo("\"a-gzip\"");
        assertThat(EntityTags.known("\"a\"", "\"a-gzip\"", null)).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
