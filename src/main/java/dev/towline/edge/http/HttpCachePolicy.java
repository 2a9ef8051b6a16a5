package dev.towline.edge.http;

import graphql.language.OperationDefinition.Operation;
import java.util.List;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * How whoever gets an answer over HTTP may keep it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111">HTTP Caching</a>
 */
enum HttpCachePolicy {
    /** To be asked for again before every use, by its tag: who still has what would be answered now is told so, and no more. */
    BY_TAG("private, no-cache"),

    /** To be asked for again before every use, in full: what a POST asks cannot depend on a tag. */
    IN_FULL("private, no-cache"),

    /** Not at all: it tells what was done or what went wrong, or is about this one request. */
    NEVER("no-store");

    /** Ask for an answer that only this request can get: with a report of the caches, or not older than what the caller has seen. */
    private static final List<String> OF_ONE_REQUEST = List.of("X-Towline-Cache-Report", "X-Towline-Seen");

    /**
     * Without the headers that name a viewer on the embedded stack: whatever is kept is asked for again, and a tag is known again only if
     * this viewer would be answered the same now.
     */
    private static final List<String> VARY =
            List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_ENCODING);

    private final String caching;

    HttpCachePolicy(String caching) {
        this.caching = caching;
    }

    /**
     * How an answer in one piece may be kept.
     *
     * @param response whose context has the {@link Operation} if it got as far as to be executed
     */
    static HttpCachePolicy of(HttpMethod method, HttpHeaders asked, WebGraphQlResponse response) {
        Object operation = response.getExecutionInput().getGraphQLContext().get(Operation.class);
        boolean failed = !response.getExecutionResult().getErrors().isEmpty();
        if (operation != Operation.QUERY || failed || OF_ONE_REQUEST.stream().anyMatch(asked::containsHeader)) {
            return NEVER;
        }
        return method.equals(HttpMethod.POST) ? IN_FULL : BY_TAG;
    }

    /** Says so in the headers of an answer. */
    void tell(HttpHeaders headers) {
        headers.setCacheControl(caching);
        headers.setVary(VARY);
    }
}
