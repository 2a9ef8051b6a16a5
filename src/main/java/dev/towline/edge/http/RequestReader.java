package dev.towline.edge.http;

import dev.towline.edge.answer.FirstLook;
import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.Documents;
import dev.towline.edge.error.Refusal;
import dev.towline.problem.Limit;
import dev.towline.problem.Problem;
import dev.towline.problem.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.graphql.GraphQlRequest;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a GraphQL request from the body of a POST or the query of a GET. Never buffers more than the maximum body, nor more
 * than {@link BodyBudget} allows for all bodies together. Blocking, thread-safe.
 */
@Component
class RequestReader {

    private static final int PIECE_BYTES = 8192;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The parameters of a GET that are texts, and those that are JSON objects. */
    private static final List<String> TEXTS = List.of("query", "documentId", "operationName");

    private static final List<String> OBJECTS = List.of("variables", "extensions");

    private final int maxBody;
    private final Duration bodyTimeout;
    private final ObjectReader json;
    private final Documents documents;
    private final InstantSource clock;
    private final BodyBudget budget;

    RequestReader(HttpSettings settings, JsonMapper json, Documents documents, InstantSource clock, BodyBudget budget) {
        this.budget = budget;
        this.documents = documents;
        this.maxBody = Math.toIntExact(settings.maxBody().toBytes());
        this.bodyTimeout = settings.bodyTimeout();
        this.clock = clock;
        this.json = json.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Receives a request, without parsing it. The caller closes the result when it has parsed it.
     *
     * @throws Refusal if it is not a request of GraphQL over HTTP
     * @throws Unavailable if all bodies that are being read have too many bytes together
     */
    Received receive(ServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            requireJson(request);
            BodyBudget.Share share = budget.share();
            try {
                return new Received(request, body(request, share), share);
            } catch (RuntimeException unread) {
                share.close();
                throw unread;
            }
        }
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            return new Received(request, null, budget.share());
        }
        throw new Refusal(HttpStatus.METHOD_NOT_ALLOWED, null, "This path accepts POST, and GET for queries.");
    }

    /** A request that has arrived. */
    final class Received implements AutoCloseable {

        private final ServerRequest request;
        private final byte @Nullable [] body;
        private final BodyBudget.Share share;

        private Received(ServerRequest request, byte @Nullable [] body, BodyBudget.Share share) {
            this.request = request;
            this.body = body;
            this.share = share;
        }

        /** The body of a POST, or the query string of the URL of a GET. */
        byte[] bytes() {
            String query = request.servletRequest().getQueryString();
            return body != null ? body : query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8);
        }

        /**
         * Parses the request.
         *
         * @throws Refusal if it is not well-formed
         */
        GraphQlRequest parse() {
            return body == null ? ofQuery(request) : ofBody(body);
        }

        @Override
        public void close() {
            share.close();
        }
    }

    private GraphQlRequest ofBody(byte[] body) {
        Object parsed = parsed(text(body), null, "The body must be JSON.");
        if (!(parsed instanceof Map<?, ?> fields)) {
            Refusal refusal = Refusal.notWellFormed(null, "The body must be a JSON object.");
            throw parsed instanceof List ? refusal.exceeding(new Limit("batch", 1)) : refusal;
        }
        Map<String, @Nullable Object> parameters = new HashMap<>();
        fields.forEach((name, value) -> parameters.put((String) name, value));
        return request(parameters);
    }

    private byte[] body(ServerRequest request, BodyBudget.Share share) {
        if (request.servletRequest().getContentLengthLong() > maxBody) {
            throw tooLong();
        }
        try (InputStream in = request.servletRequest().getInputStream()) {
            return read(
                    FirstLook.begunBody(request.attributes()),
                    in,
                    share,
                    clock.instant().plus(bodyTimeout));
        } catch (IOException unread) {
            throw NestedExceptionUtils.getMostSpecificCause(unread) instanceof SocketTimeoutException
                    // Tomcat has answered with its own limit, see ErrorReport.
                    ? new Refusal(HttpStatus.REQUEST_TIMEOUT, null, "The body must arrive in time.")
                    : Refusal.badRequest(null, "The body cannot be read.");
        }
    }

    /** Tomcat limits the time between two bytes only, so a client could send one now and then for days. */
    private byte[] read(byte[] begun, InputStream in, BodyBudget.Share share, Instant deadline) throws IOException {
        var body = new ByteArrayOutputStream();
        share.add(begun.length);
        body.writeBytes(begun);
        byte[] some = new byte[PIECE_BYTES];
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            if (body.size() + count > maxBody) {
                throw tooLong();
            }
            share.add(count);
            body.write(some, 0, count);
            if (clock.instant().isAfter(deadline)) {
                throw late();
            }
        }
        return body.toByteArray();
    }

    private Refusal late() {
        long allowedMs = bodyTimeout.toMillis();
        return new Refusal(HttpStatus.REQUEST_TIMEOUT, null, "The body must arrive within " + allowedMs + " ms.")
                .exceeding(new Limit("bodyTimeout", allowedMs));
    }

    /** Decodes the body strictly as UTF-8. A JSON parser of bytes would also accept malformed UTF-8, UTF-16 and UTF-32. */
    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            // RFC 8259, 8.1 allows to ignore a byte order mark.
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException malformed) {
            throw Refusal.badRequest(null, "The body must be UTF-8.");
        }
    }

    private GraphQlRequest ofQuery(ServerRequest request) {
        try {
            Map<String, @Nullable Object> parameters = new HashMap<>();
            TEXTS.forEach(name -> parameters.put(name, parameter(request, name)));
            OBJECTS.forEach(name -> parameters.put(name, jsonParameter(request, name)));
            return request(parameters);
        } catch (IllegalStateException malformed) {
            throw Refusal.badRequest(null, "The query string of the URL cannot be decoded.");
        }
    }

    private static @Nullable String parameter(ServerRequest request, String name) {
        String[] values = request.servletRequest().getParameterValues(name);
        if (values != null && values.length > 1) {
            // another reader, such as a cache in front of the service, may take another one
            throw Refusal.badRequest(name, Problem.sentence(name, "must be given once."));
        }
        return values == null ? null : values[0];
    }

    private @Nullable Object jsonParameter(ServerRequest request, String name) {
        String text = parameter(request, name);
        return text == null || text.isEmpty() ? null : parsed(text, name, Problem.sentence(name, "must be JSON."));
    }

    private @Nullable Object parsed(String text, @Nullable String argument, String message) {
        try {
            return json.readValue(text);
        } catch (JacksonException malformed) {
            throw Refusal.badRequest(argument, message);
        }
    }

    private GraphQlRequest request(Map<String, @Nullable Object> parameters) {
        object("extensions", parameters.get("extensions"));
        return new DefaultGraphQlRequest(
                documents.find(parameters),
                text("operationName", parameters.get("operationName")),
                object("variables", parameters.get("variables")),
                Documents.usedExtensions(parameters));
    }

    private static @Nullable String text(String argument, @Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw Refusal.notWellFormed(argument, Problem.sentence(argument, "must be a string."));
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static <V extends @Nullable Object> @Nullable Map<String, V> object(
            String argument, @Nullable Object value) {
        if (value == null || value instanceof Map) {
            return (Map<String, V>) value;
        }
        throw Refusal.notWellFormed(argument, Problem.sentence(argument, "must be an object."));
    }

    /**
     * Requires uncompressed JSON in UTF-8. A browser sends JSON to another origin only after a preflight request, but it sends forms and
     * plain text without one.
     */
    private static void requireJson(ServerRequest request) {
        MediaType type;
        try {
            type = request.headers().contentType().orElse(null);
        } catch (InvalidMediaTypeException malformed) {
            type = null;
        }
        boolean plain = request.headers().asHttpHeaders().getValuesAsList(HttpHeaders.CONTENT_ENCODING).stream()
                .allMatch("identity"::equalsIgnoreCase);
        // Of several lines, another reader may take another one.
        boolean one = Collections.list(request.servletRequest().getHeaders(HttpHeaders.CONTENT_TYPE))
                        .size()
                == 1;
        if (!one || type == null || !type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON) || !isUtf8(type) || !plain) {
            throw new Refusal(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    null,
                    "The body must be uncompressed application/json in UTF-8.");
        }
    }

    private static boolean isUtf8(MediaType type) {
        try {
            Charset charset = type.getCharset();
            return charset == null || charset.equals(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private Refusal tooLong() {
        return new Refusal(HttpStatus.CONTENT_TOO_LARGE, null, "The body must have at most " + maxBody + " bytes.")
                .exceeding(new Limit("bodyBytes", maxBody));
    }
}
