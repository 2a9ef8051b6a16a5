package dev.towline.edge.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * A static file.
 *
 * @param content the file
 * @param coded the file in each available coding
 * @param type the media type
 * @param tag the entity tag; the first call reads the file
 * @param caching the {@code Cache-Control} header
 */
record StaticFile(
        Resource content,
        Map<ContentCoding, Resource> coded,
        MediaType type,
        Supplier<String> tag,
        CacheControl caching) {

    /**
     * Files whose names have a hash of their content, such as {@code assets/index-B1gTqf0w.js}, as Vite names them. A hash of lower-case
     * letters only, one in a thousand, is not recognized, because it could be a word.
     */
    private static final Pattern NAMED_BY_HASH =
            Pattern.compile(".*/assets/.+-(?=[a-z]*[A-Z0-9_-])[\\w-]{8}(?:\\.\\w+)+");

    private static final CacheControl FOR_A_YEAR =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    /** @param path the path of the URL, beginning with a slash */
    static StaticFile of(String path, Resource content, Map<ContentCoding, Resource> coded) {
        return new StaticFile(
                content,
                coded,
                type(path),
                SingletonSupplier.of(() -> hash(content)),
                NAMED_BY_HASH.matcher(path).matches() ? FOR_A_YEAR : CacheControl.noCache());
    }

    private static MediaType type(String path) {
        if (path.endsWith(".graphql")) {
            // application/graphql means a request. A browser shows text/plain, and does not save it.
            return new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
        }
        MediaType type = MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return type.getType().equals("text") ? new MediaType(type, StandardCharsets.UTF_8) : type;
    }

    private static String hash(Resource content) {
        try (InputStream in = content.getInputStream()) {
            return EntityTag.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
