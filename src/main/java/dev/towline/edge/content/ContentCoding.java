package dev.towline.edge.content;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The content codings, the best one first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110, 12.5.3: Accept-Encoding</a>
 */
public enum ContentCoding {
    BROTLI("br", ".br") {
        @Override
        boolean isAvailable() {
            return Brotli4jLoader.isAvailable();
        }

        @Override
        byte[] encode(byte[] content) throws IOException {
            return Encoder.compress(content, Encoder.Parameters.create(BROTLI_QUALITY));
        }
    },
    GZIP("gzip", ".gz") {
        @Override
        byte[] encode(byte[] content) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 4);
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(content);
            }
            return bytes.toByteArray();
        }
    };

    /** The minimum length of compressed content. Shorter content fits into one packet anyway. */
    static final int LEAST_BYTES = 1024;

    /** About as fast as gzip, and smaller. The higher qualities are for files, which the build compresses once. */
    private static final int BROTLI_QUALITY = 4;

    private final String token;
    private final String extension;

    ContentCoding(String token, String extension) {
        this.token = token;
        this.extension = extension;
    }

    /** Its name in headers. */
    String token() {
        return token;
    }

    /** The file name extension of a file in this coding, after the name of the original file. */
    String extension() {
        return extension;
    }

    /** Whether this platform supports it. */
    boolean isAvailable() {
        return true;
    }

    abstract byte[] encode(byte[] content) throws IOException;

    /** The best coding that the client of a request accepts, null for none. */
    public static @Nullable ContentCoding negotiate(HttpServletRequest request) {
        return negotiate(String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING))));
    }

    /** The best coding for an {@code Accept-Encoding} header, null for none. An empty header accepts none. */
    static @Nullable ContentCoding negotiate(String acceptEncoding) {
        Map<String, Double> weights = weights(acceptEncoding);
        double identity = weights.getOrDefault("identity", 0.0);
        return Arrays.stream(values())
                .filter(ContentCoding::isAvailable)
                .filter(coding -> coding.weight(weights) > 0 && coding.weight(weights) >= identity)
                .max(Comparator.comparingDouble((ContentCoding coding) -> coding.weight(weights))
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(null);
    }

    private double weight(Map<String, Double> weights) {
        return weights.getOrDefault(token, weights.getOrDefault("*", 0.0));
    }

    private static Map<String, Double> weights(String acceptEncoding) {
        Map<String, Double> weights = new HashMap<>();
        for (String item : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = item.split(";", 2);
            weights.put(parts[0].strip(), parts.length == 1 ? 1.0 : quality(parts[1].strip()));
        }
        return weights;
    }

    /** Parses a weight. A malformed weight counts as 0, because an uncompressed answer is better than an unreadable one. */
    private static double quality(String parameter) {
        try {
            return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 0;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
