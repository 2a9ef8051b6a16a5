package dev.towline.edge.socket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of GraphQL over WebSocket.
 *
 * @param initTimeout the time in which a client must send {@code connection_init}
 * @param pingInterval the interval between pings. A client that is silent for two intervals is disconnected
 * @param maxMessage the maximum size of a message from a client
 * @param messageTimeout how long a message may take to arrive, from its first part to its last one
 */
@ConfigurationProperties("towline.socket")
record SocketSettings(
        @DefaultValue("3s") Duration initTimeout,
        @DefaultValue("12s") Duration pingInterval,
        @DefaultValue("1MB") DataSize maxMessage,
        @DefaultValue("30s") Duration messageTimeout) {

    SocketSettings {
        if (!initTimeout.isPositive()) {
            throw new IllegalArgumentException("towline.socket.init-timeout must be more than 0, not " + initTimeout);
        }
        if (!pingInterval.isPositive()) {
            throw new IllegalArgumentException("towline.socket.ping-interval must be more than 0, not " + pingInterval);
        }
        if (!messageTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "towline.socket.message-timeout must be more than 0, not " + messageTimeout);
        }
        if (maxMessage.toBytes() < 1 || maxMessage.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "towline.socket.max-message must be more than 0 and less than 2GB, not " + maxMessage);
        }
    }
}
