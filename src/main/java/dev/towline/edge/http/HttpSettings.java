package dev.towline.edge.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * GraphQL over HTTP.
 *
 * @param maxBody the longest body of a request that is read
 * @param sseKeepAlive how long an event stream is silent at most: after that it gets a comment, so that nobody between takes it for dead
 *     and a caller that has gone is noticed
 */
@ConfigurationProperties("towline.http")
record HttpSettings(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("12s") Duration sseKeepAlive) {

    HttpSettings {
        if (maxBody.toBytes() < 1 || maxBody.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("towline.http.max-body: more than 0 and less than 2GB, not " + maxBody);
        }
        if (!sseKeepAlive.isPositive()) {
            throw new IllegalArgumentException("towline.http.sse-keep-alive: more than 0, not " + sseKeepAlive);
        }
    }
}
