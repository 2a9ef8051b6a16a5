package dev.towline.edge.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.cache.CacheMetrics;
import dev.towline.cache.MemorySize;
import dev.towline.edge.content.ContentCoding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The heads of requests that passed all filters and were answered from memory, and what the filters and the service made of them. So whoever
 * sends the same head again can be answered without passing them. Thread-safe, does not block.
 */
final class KnownHeads {

    /** The headers of an answer that are about one request or its content. */
    private static final Set<String> OF_ONE_ANSWER = Set.of(
            "ratelimit", "ratelimit-policy", "etag", "content-length", "content-encoding", "content-type", "date");

    /** The estimated memory of a head with the headers of its answers, in bytes, besides its text, which is there twice. */
    private static final int HEAD_BYTES = 2000;

    private final Cache<RequestHead, Known> heads;

    /**
     * What is known of requests with one head.
     *
     * @param headers the headers of the request, which have the credentials
     * @param form the media type of the answer
     * @param contentType the header of the answer
     * @param coding the best coding that the client accepts, null for none
     * @param answerHeaders the other headers of the answer, except those that are about one answer
     */
    record Known(
            HttpHeaders headers,
            String form,
            String contentType,
            @Nullable ContentCoding coding,
            List<Header> answerHeaders) {}

    /** A header in bytes, because Tomcat would encode texts anew for each answer. */
    static final class Header {

        private final byte[] name;
        private final byte[] value;

        private Header(String name, String value) {
            this.name = name.getBytes(StandardCharsets.ISO_8859_1);
            this.value = value.getBytes(StandardCharsets.ISO_8859_1);
        }

        void addTo(Response response) {
            response.getCoyoteResponse()
                    .getMimeHeaders()
                    .addValue(name, 0, name.length)
                    .setBytes(value, 0, value.length);
        }
    }

    /** @param maxBytes the maximum memory */
    KnownHeads(long maxBytes, CacheMetrics metrics) {
        heads = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<RequestHead, Known>weigher((head, _) -> HEAD_BYTES + 2 * head.length())
                .executor(Runnable::run)
                .build();
        metrics.watch("heads", () -> MemorySize.of(heads));
    }

    @Nullable
    Known get(RequestHead head) {
        return heads.getIfPresent(head);
    }

    /**
     * Remembers a head.
     *
     * @param response the response to the request, which has its headers, but is not sent yet
     */
    void learn(RequestHead head, Arrival arrival, HttpServletRequest request, HttpServletResponse response) {
        List<Header> answerHeaders = new ArrayList<>();
        // Tomcat lists a name for each of its values.
        for (String name : new TreeSet<>(response.getHeaderNames())) {
            if (!OF_ONE_ANSWER.contains(name.toLowerCase(Locale.ROOT))) {
                response.getHeaders(name).forEach(value -> answerHeaders.add(new Header(name, value)));
            }
        }
        heads.put(
                head,
                new Known(
                        HttpHeaders.copyOf(arrival.headers()),
                        arrival.form(),
                        response.getContentType(),
                        ContentCoding.negotiate(request),
                        List.copyOf(answerHeaders)));
    }
}
