package dev.towline.edge.http;

import graphql.language.OperationDefinition.Operation;
import java.util.List;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * The HTTP cache policy of an answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111">HTTP Caching</a>
 */
enum HttpCachePolicy {
    /** A cache must revalidate the answer before each use, with its entity tag. It gets a 304 if nothing has changed. */
    BY_TAG("private, no-cache"),

    /** A cache must request the answer again before each use, because a POST cannot be revalidated with a tag. */
    IN_FULL("private, no-cache"),

    /** A cache must not store the answer: it belongs to a mutation, has errors, or is about this one request. */
    NEVER("no-store");

    /** Headers that make an answer specific to one request: a cache report, and the versions that the client has seen. */
    private static final List<String> OF_ONE_REQUEST = List.of("X-Towline-Cache-Report", "X-Towline-Seen");

    /**
     * The headers that select the representation. The headers that choose a viewer on the embedded stack are not among them: every stored
     * answer is revalidated, and its tag only matches if this viewer would get the same answer now.
     */
    private static final List<String> VARY =
            List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_ENCODING);

    private final String cacheControl;

    HttpCachePolicy(String cacheControl) {
        this.cacheControl = cacheControl;
    }

    /**
     * The policy of an answer in one piece.
     *
     * @param request the headers of the request
     * @param response the response. Its context has the {@link Operation} if the request got as far as execution
     */
    static HttpCachePolicy of(HttpMethod method, HttpHeaders request, WebGraphQlResponse response) {
        Object operation = response.getExecutionInput().getGraphQLContext().get(Operation.class);
        boolean failed = !response.getExecutionResult().getErrors().isEmpty();
        if (operation != Operation.QUERY || failed || OF_ONE_REQUEST.stream().anyMatch(request::containsHeader)) {
            return NEVER;
        }
        return ofQuery(method);
    }

    /** The policy of an answer to a query that has no errors and is not about one request. */
    static HttpCachePolicy ofQuery(HttpMethod method) {
        return method.equals(HttpMethod.POST) ? IN_FULL : BY_TAG;
    }

    /** Sets the headers of an answer. */
    void applyTo(HttpHeaders headers) {
        headers.setCacheControl(cacheControl);
        headers.setVary(VARY);
    }
}
