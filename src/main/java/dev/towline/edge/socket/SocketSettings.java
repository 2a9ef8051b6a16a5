package dev.towline.edge.socket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * WebSockets of GraphQL.
 *
 * @param initTimeout how long a client has to send {@code connection_init}
 * @param pingInterval how often the server asks whether a client is there; one that is silent for two of them is gone
 * @param maxMessage the largest message that a client may send
 */
@ConfigurationProperties("towline.socket")
record SocketSettings(
        @DefaultValue("3s") Duration initTimeout,
        @DefaultValue("12s") Duration pingInterval,
        @DefaultValue("1MB") DataSize maxMessage) {

    SocketSettings {
        if (!initTimeout.isPositive()) {
            throw new IllegalArgumentException("towline.socket.init-timeout: more than 0");
        }
        if (!pingInterval.isPositive()) {
            throw new IllegalArgumentException("towline.socket.ping-interval: more than 0");
        }
        if (maxMessage.toBytes() < 1 || maxMessage.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("towline.socket.max-message: more than 0 and less than 2GB");
        }
    }
}
