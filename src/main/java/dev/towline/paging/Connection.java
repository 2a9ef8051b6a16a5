package dev.towline.paging;

import java.util.List;

/**
 * A page of a list in the format of Relay.
 *
 * @see <a href="https://relay.dev/graphql/connections.htm">GraphQL Cursor Connections Specification</a>
 */
public record Connection<T>(List<Edge<T>> edges, PageInfo pageInfo) {

    public Connection {
        edges = List.copyOf(edges);
    }

    /** A page of nothing. */
    public static <T> Connection<T> empty() {
        return new Connection<>(List.of(), new PageInfo(false, false, null, null));
    }

    /** One entry of a page. */
    public record Edge<T>(String cursor, T node) {}
}
