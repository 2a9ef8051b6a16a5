package dev.towline.edge.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of GraphQL over HTTP.
 *
 * @param maxBody the maximum size of a request body
 * @param bodyTimeout how long a request body may take to arrive, from the first byte that is read to the last one
 * @param sseKeepAlive the time after which a silent event stream gets a comment, so that proxies do not close it and the loss of the client
 *     is noticed
 * @param sendBuffer how much of a connection may wait in the operating system to be sent: a watcher that stops reading gets so much of old
 *     updates, and then the newest. Linux doubles it, up to {@code net.core.wmem_max}.
 */
@ConfigurationProperties("towline.http")
record HttpSettings(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("12s") Duration sseKeepAlive,
        @DefaultValue("64KB") DataSize sendBuffer) {

    private static final DataSize LEAST_SEND_BUFFER = DataSize.ofKilobytes(4);
    private static final DataSize MOST_SEND_BUFFER = DataSize.ofMegabytes(64);

    HttpSettings {
        if (maxBody.toBytes() < 1 || maxBody.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "towline.http.max-body must be more than 0 and less than 2GB, not " + maxBody);
        }
        if (!bodyTimeout.isPositive()) {
            throw new IllegalArgumentException("towline.http.body-timeout must be more than 0, not " + bodyTimeout);
        }
        if (!sseKeepAlive.isPositive()) {
            throw new IllegalArgumentException("towline.http.sse-keep-alive must be more than 0, not " + sseKeepAlive);
        }
        if (sendBuffer.compareTo(LEAST_SEND_BUFFER) < 0 || sendBuffer.compareTo(MOST_SEND_BUFFER) > 0) {
            throw new IllegalArgumentException(
                    "towline.http.send-buffer must be between 4KB and 64MB, not " + sendBuffer);
        }
    }
}
