package dev.towline.rate;

import dev.towline.viewer.Role;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a caller may send, and how much may be open. Requests are counted by their cost, at least 1 each.
 *
 * @param enabled whether there are these limits
 * @param viewerPerSecond the cost of a viewer's requests in each second
 * @param viewerBurst the cost of a viewer's requests at once
 * @param roles other values for the viewers of a role
 * @param addressPerSecond the requests of an address in each second
 * @param addressBurst the requests of an address at once
 * @param refusedCredentials the refused credentials of an address in each second, until no others are checked; ten times as many at once
 * @param fixesPerSecond the fixes of a viewer for one session in each second
 * @param fixesBurst the fixes of a viewer for one session at once
 * @param viewerStreams the WebSockets and event streams of a viewer on one instance
 * @param addressStreams the WebSockets and event streams of an address on one instance
 * @param socketOperations the operations that run over one WebSocket
 * @param socketMessagesPerSecond the messages over one WebSocket in each second; ten times as many at once
 * @param instances how many instances share the rates, until an instance has heard of the others
 * @param maxSubjects how many viewers, addresses and sessions an instance remembers, each
 */
@ConfigurationProperties("towline.rates")
public record RateSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10000") long viewerPerSecond,
        @DefaultValue("100000") long viewerBurst,
        @DefaultValue Map<Role, Rate> roles,
        @DefaultValue("1000") long addressPerSecond,
        @DefaultValue("10000") long addressBurst,
        @DefaultValue("20") long refusedCredentials,
        @DefaultValue("20") long fixesPerSecond,
        @DefaultValue("10000") long fixesBurst,
        @DefaultValue("1000") int viewerStreams,
        @DefaultValue("5000") int addressStreams,
        @DefaultValue("500") int socketOperations,
        @DefaultValue("500") int socketMessagesPerSecond,
        @DefaultValue("1") int instances,
        @DefaultValue("20000") int maxSubjects) {

    public RateSettings {
        roles = Map.copyOf(roles);
        require("viewer-per-second", viewerPerSecond);
        require("viewer-burst", viewerBurst);
        require("address-per-second", addressPerSecond);
        require("address-burst", addressBurst);
        require("refused-credentials", refusedCredentials);
        require("fixes-per-second", fixesPerSecond);
        require("fixes-burst", fixesBurst);
        require("viewer-streams", viewerStreams);
        require("address-streams", addressStreams);
        require("socket-operations", socketOperations);
        require("socket-messages-per-second", socketMessagesPerSecond);
        require("instances", instances);
        require("max-subjects", maxSubjects);
    }

    private static void require(String setting, long value) {
        if (value < 1 || value > Rate.MOST) {
            throw new IllegalArgumentException(
                    "towline.rates.%s must be between 1 and %d, but is %d".formatted(setting, Rate.MOST, value));
        }
    }

    Rate viewer(Role role) {
        return roles.getOrDefault(role, new Rate(viewerPerSecond, viewerBurst));
    }
}
