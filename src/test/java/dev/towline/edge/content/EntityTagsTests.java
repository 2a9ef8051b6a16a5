package dev.towline.edge.content;

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
    void knowsTheContentBehindATag() {
        assertThat(EntityTags.plain("\"a-br\", \"b\", \"c-gzip\"")).isEqualTo("\"a\", \"b\", \"c\"");
        assertThat(EntityTags.known("\"c\"", "\"a-br\", \"b\", \"c-gzip\"")).isEqualTo("\"c-gzip\"");
        assertThat(EntityTags.known("\"d\"", "*")).isEqualTo("\"d\"");
    }
}
