package dev.towline.edge.content;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A way to write the same content with fewer bytes, the best first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">Accept-Encoding</a>
 */
enum ContentCoding {
    BROTLI("br", ".br") {
        @Override
        boolean isAvailable() {
            return Brotli4jLoader.isAvailable();
        }

        @Override
        OutputStream encode(OutputStream out) throws IOException {
            return new BrotliOutputStream(out, Encoder.Parameters.create(BROTLI_QUALITY));
        }
    },
    GZIP("gzip", ".gz") {
        @Override
        OutputStream encode(OutputStream out) throws IOException {
            return new GZIPOutputStream(out, BUFFER_BYTES, true);
        }
    };

    /** About as quick as gzip, and smaller; the better ones are for files, which are compressed once. */
    private static final int BROTLI_QUALITY = 4;

    private static final int BUFFER_BYTES = 4096;

    private final String token;
    private final String extension;

    ContentCoding(String token, String extension) {
        this.token = token;
        this.extension = extension;
    }

    /** What headers call it. */
    String token() {
        return token;
    }

    /** What is added to the name of a file to name the same in this coding. */
    String extension() {
        return extension;
    }

    /** Whether this machine can do it. */
    boolean isAvailable() {
        return true;
    }

    /** Writes what is written to it encoded to that stream; complete once it is closed. */
    abstract OutputStream encode(OutputStream out) throws IOException;

    /** The coding that suits an {@code Accept-Encoding} header best, null for the content as it is; an empty header is none. */
    static @Nullable ContentCoding negotiate(String acceptEncoding) {
        Map<String, Double> wishes = wishes(acceptEncoding);
        double asItIs = wishes.getOrDefault("identity", 0.0);
        return Arrays.stream(values())
                .filter(ContentCoding::isAvailable)
                .filter(coding -> coding.wish(wishes) > 0 && coding.wish(wishes) >= asItIs)
                .max(Comparator.comparingDouble((ContentCoding coding) -> coding.wish(wishes))
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(null);
    }

    private double wish(Map<String, Double> wishes) {
        return wishes.getOrDefault(token, wishes.getOrDefault("*", 0.0));
    }

    private static Map<String, Double> wishes(String acceptEncoding) {
        Map<String, Double> wishes = new HashMap<>();
        for (String item : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = item.split(";", 2);
            wishes.put(parts[0].strip(), parts.length == 1 ? 1.0 : quality(parts[1].strip()));
        }
        return wishes;
    }

    /** A weight that cannot be read is none: better uncompressed than not understood. */
    private static double quality(String parameter) {
        try {
            return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 0;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
