package dev.towline.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.tracing.MicrometerTracing;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    /** The maximum delay that {@link ChannelSet#subscribe} promises. The jitter spreads the reconnections of several instances. */
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(500);

    /** The shortest time between two looks for the masters of a cluster that failures cause. */
    private static final Duration SHORTEST_LOOK_INTERVAL = Duration.ofSeconds(1);

    /** A node that cannot be reached so often may have been replaced. */
    private static final int SUSPICIOUS_RECONNECTS = 3;

    RedisConfiguration(DataRedisProperties connection) {
        SupportedConnections.check(connection);
    }

    @Bean
    ServerCheck redisServerCheck(LettuceConnectionFactory connections) {
        return new ServerCheck(connections);
    }

    /** Finds new masters of a cluster sooner than Lettuce does by default (5 s, 5 times). */
    @Bean
    LettuceClientOptionsBuilderCustomizer findMastersSoon(DataRedisProperties connection) {
        return (ClientOptions.Builder options) -> {
            if (options instanceof ClusterClientOptions.Builder cluster) {
                cluster.topologyRefreshOptions(
                        refresh(connection.getLettuce().getCluster().getRefresh()));
            }
        };
    }

    private static ClusterTopologyRefreshOptions refresh(DataRedisProperties.Lettuce.Cluster.Refresh settings) {
        ClusterTopologyRefreshOptions.Builder refresh = ClusterTopologyRefreshOptions.builder()
                .dynamicRefreshSources(settings.isDynamicRefreshSources())
                .adaptiveRefreshTriggersTimeout(SHORTEST_LOOK_INTERVAL)
                .refreshTriggersReconnectAttempts(SUSPICIOUS_RECONNECTS);
        if (settings.getPeriod() != null) {
            refresh.enablePeriodicRefresh(settings.getPeriod());
        }
        return refresh.build();
    }

    /** Makes commands fail at once while Redis is unreachable, instead of after their time-out. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return (ClientOptions.Builder options) -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    /** Replaces Boot's, which observes every command. */
    @Bean
    ClientResourcesBuilderCustomizer observeCommands(ObjectProvider<ObservationRegistry> registry) {
        ObservationRegistry observations = registry.getIfAvailable(() -> ObservationRegistry.NOOP);
        return (ClientResources.Builder resources) ->
                resources.tracing(new RecordedCommands(observations, new MicrometerTracing(observations, "Redis")));
    }

    /** Limits the reconnection delay, which by default grows to 30 s. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return (ClientResources.Builder resources) -> resources.reconnectDelay(
                Delay.equalJitter(Duration.ofMillis(1), LONGEST_RECONNECT_DELAY, 1, TimeUnit.MILLISECONDS));
    }
}
