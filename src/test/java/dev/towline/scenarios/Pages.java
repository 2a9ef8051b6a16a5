package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Walks through a list page by page. */
record Pages(Caller caller, String document) {

    /** Of a list in the answer to a query in which {@code %s} stands for the place to go on behind, such as {@code first: 3%s}. */
    static Pages of(Caller caller, String document) {
        return new Pages(caller, document);
    }

    /** The nodes of all pages; in between something else happens. Fails if a page is longer than it may be. */
    List<JsonNode> walk(int first, Runnable betweenPages) {
        List<JsonNode> nodes = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = caller.query(document.formatted("first: " + first + after));
            JsonNode connection = page.has("trail") ? page.path("trail") : page;
            JsonNode edges = connection.path("edges");
            assertThat(edges.size()).isLessThanOrEqualTo(first);
            edges.forEach(edge -> nodes.add(edge.path("node")));
            JsonNode info = connection.path("pageInfo");
            assertThat(info.path("hasPreviousPage").asBoolean()).isEqualTo(!after.isEmpty());
            if (!info.path("hasNextPage").asBoolean()) {
                return nodes;
            }
            assertThat(info.path("endCursor"))
                    .isEqualTo(edges.get(edges.size() - 1).path("cursor"));
            after = ", after: '%s'".formatted(info.path("endCursor").asString());
            betweenPages.run();
        }
    }

    /** The ids of the nodes of all pages. */
    List<String> ids(int first, Runnable betweenPages) {
        return walk(first, betweenPages).stream()
                .map(node -> node.path("id").asString())
                .toList();
    }
}
