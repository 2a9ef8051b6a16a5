package dev.towline.edge.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.cache.CacheMetrics;
import dev.towline.cache.MemorySize;
import dev.towline.cache.answer.AskedBefore;
import dev.towline.edge.content.ContentCoding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.tomcat.util.http.MimeHeaders;
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

    /** The estimated memory of one header in {@link HttpHeaders}, in bytes, besides its text. */
    private static final int HEADER_BYTES = 350;

    /** Credentials of nobody who comes any more need not stay in memory. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final AskedBefore seen = new AskedBefore();

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

    /**
     * A header in bytes, because Tomcat would encode texts anew for each answer. Tomcat gets a copy: it keeps the arrays and writes into them for
     * other answers.
     */
    static final class Header {

        private final byte[] name;
        private final byte[] value;

        Header(String name, String value) {
            this.name = name.getBytes(StandardCharsets.ISO_8859_1);
            this.value = value.getBytes(StandardCharsets.ISO_8859_1);
        }

        void addTo(MimeHeaders headers) {
            headers.addValue(name.clone(), 0, name.length).setBytes(value.clone(), 0, value.length);
        }
    }

    /** @param maxBytes the maximum memory */
    KnownHeads(long maxBytes, CacheMetrics metrics) {
        heads = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .expireAfterAccess(IDLE)
                .<RequestHead, Known>weigher((head, known) -> HEAD_BYTES
                        + 2 * head.length()
                        + HEADER_BYTES * known.headers().headerNames().size())
                .executor(Runnable::run)
                .build();
        metrics.watch("heads", () -> MemorySize.of(heads));
    }

    @Nullable
    Known get(RequestHead head) {
        return heads.getIfPresent(head);
    }

    /**
     * Remembers a head when it comes for the second time. Some differ in each request.
     *
     * @param response the response to the request, which has its headers, but is not sent yet
     */
    void learn(RequestHead head, Arrival arrival, HttpServletRequest request, HttpServletResponse response) {
        if (!seen.test(head.hashCode())) {
            return;
        }
        List<Header> answerHeaders = new ArrayList<>();
        // Tomcat lists a name for each of its values.
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(response.getHeaderNames());
        for (String name : names) {
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
