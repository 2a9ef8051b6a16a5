package dev.towline.requests;

import dev.towline.requests.Request.Header;
import dev.towline.requests.Request.Transport;
import graphql.language.OperationDefinition.Operation;
import graphql.schema.GraphQLSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws requests over every transport, half of them right in every respect and half with something odd about them. */
final class Requests {

    private static final int ODD_PERCENT = 50;

    private final GraphQLSchema schema;
    private final long seed;

    Requests(GraphQLSchema schema, long seed) {
        this.schema = schema;
        this.seed = seed;
    }

    /** The request of that number in the run; the same one, but for ids and times, whenever it is drawn from the same seed. */
    Request draw(int number, Known known) {
        Chance chance = new Chance(seed, number);
        boolean odd = chance.percent(ODD_PERCENT);
        int way = chance.below(100);
        if (odd && way >= 94) {
            return RawRequests.draw(chance, known);
        }
        Transport transport =
                way < 40 ? Transport.POST : way < 58 ? Transport.GET : way < 78 ? Transport.SSE : Transport.WEBSOCKET;
        Asked asked = new Documents(chance, schema, known, odd).draw(kind(chance, transport, odd));
        boolean byUrl = transport == Transport.GET
                || (transport == Transport.SSE && !asked.document().contains("mutation") && chance.percent(30));
        Headers headers = new Headers(chance, known, odd);
        List<Header> viewer = headers.viewer(asked.document());
        Bodies bodies = new Bodies(chance, odd);
        if (transport == Transport.WEBSOCKET) {
            return new Request(
                    transport, "GET", "/graphql", List.of(), messages(chance, odd, viewer, bodies.json(asked)), asked);
        }
        List<Header> all = new ArrayList<>(viewer);
        all.addAll(headers.http(!byUrl, transport == Transport.SSE));
        String method = odd && chance.percent(2)
                ? chance.of("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")
                : byUrl ? "GET" : "POST";
        return byUrl
                ? new Request(transport, method, "/graphql?" + bodies.query(asked), all, List.of(), asked)
                : new Request(transport, method, "/graphql", all, List.of(bodies.json(asked)), asked);
    }

    private static Operation kind(Chance chance, Transport transport, boolean odd) {
        int subscriptions = transport == Transport.SSE || transport == Transport.WEBSOCKET ? 45 : odd ? 5 : 0;
        int mutations = transport == Transport.GET ? (odd ? 15 : 0) : 55;
        if (chance.percent(subscriptions)) {
            return Operation.SUBSCRIPTION;
        }
        return chance.percent(mutations) ? Operation.MUTATION : Operation.QUERY;
    }

    private static List<byte[]> messages(Chance chance, boolean odd, List<Header> viewer, byte[] payload) {
        String init = viewer.stream()
                .map(header -> Quoted.text(header.name()) + ": "
                        + (odd && chance.percent(2) ? chance.of("1", "null", "[]") : Quoted.text(header.value())))
                .collect(Collectors.joining(", ", "{\"type\": \"connection_init\", \"payload\": {", "}}"));
        List<byte[]> messages = new ArrayList<>(List.of(init.getBytes(StandardCharsets.UTF_8)));
        if (odd && chance.percent(15)) {
            String strange = chance.of(
                    "{\"type\": \"ping\"}",
                    "{\"type\": \"ping\", \"payload\": {\"a\": [1e400]}}",
                    "{\"type\": \"pong\", \"payload\": {}}",
                    "{\"type\": \"complete\", \"id\": \"none\"}",
                    "{\"type\": \"complete\"}",
                    "{\"type\": \"next\", \"id\": \"1\"}",
                    "{\"type\": \"subscribe\", \"id\": \"\", \"payload\": {\"query\": \"{ __typename }\"}}",
                    "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": 1}",
                    "{\"type\": \"subscribe\", \"id\": \"\\ud800\", \"payload\": {\"query\": \"{ __typename }\"}}",
                    "{\"type\": 1}",
                    "[]",
                    "{",
                    "",
                    "[".repeat(2000),
                    init);
            messages.add(chance.below(2), strange.getBytes(StandardCharsets.UTF_8));
        }
        messages.add(subscribe(payload));
        return messages;
    }

    private static byte[] subscribe(byte[] payload) {
        byte[] start = "{\"id\": \"%s\", \"type\": \"subscribe\", \"payload\": "
                .formatted(SocketTransport.ID.toLowerCase(Locale.ROOT))
                .getBytes(StandardCharsets.UTF_8);
        byte[] message = java.util.Arrays.copyOf(start, start.length + payload.length + 1);
        System.arraycopy(payload, 0, message, start.length, payload.length);
        message[message.length - 1] = '}';
        return message;
    }
}
