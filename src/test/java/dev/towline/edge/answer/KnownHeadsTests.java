package dev.towline.edge.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.tomcat.util.http.MimeHeaders;
import org.junit.jupiter.api.Test;

class KnownHeadsTests {

    @Test
    void keepsHeadersWhateverTomcatWritesIntoItsOwn() {
        KnownHeads.Header header = new KnownHeads.Header("Vary", "Authorization, Accept, Accept-Encoding");
        MimeHeaders ofConnection = new MimeHeaders();
        for (int i = 0; i < 2; i++) {
            header.addTo(ofConnection);
            assertThat(ofConnection.getHeader("vary")).isEqualTo("Authorization, Accept, Accept-Encoding");
            ofConnection.recycle();
            ofConnection.addValue("Content-Length").setLong(142);
            ofConnection.recycle();
        }
    }
}
