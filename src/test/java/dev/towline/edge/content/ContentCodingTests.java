package dev.towline.edge.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "br                            | BROTLI",
                "gzip                          | GZIP",
                "gzip, deflate, br, zstd       | BROTLI",
                "GZIP                          | GZIP",
                "*                             | BROTLI",
                "br;q=0.5, gzip                | GZIP",
                "br;q=0, *                     | GZIP",
                "gzip;q=0.8, br;q=0.8          | BROTLI",
                "gzip ; q=0.2                  | GZIP",
                "gzip;q=0                      | none",
                "gzip;q=x                      | none",
                "gzip;q=0.5, identity          | none",
                "gzip, identity;q=0.5          | GZIP",
                "identity                      | none",
                "deflate, zstd                 | none",
                "deflate, , gzip               | GZIP",
                "''                            | none"
            })
    void choosesThePreferredCoding(String acceptEncoding, @Nullable ContentCoding expected) {
        assertThat(ContentCoding.negotiate(acceptEncoding)).isEqualTo(expected);
    }
}
