package dev.towline.edge.answer;

import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A request for GraphQL as far as it is known before it is read.
 *
 * @param form the media type of an answer in one piece
 * @param attributes the attributes of the request, which remember what was checked and counted
 */
public record Arrival(
        HttpMethod method,
        String form,
        HttpHeaders headers,
        @Nullable InetSocketAddress remoteAddress,
        Map<String, Object> attributes) {}
