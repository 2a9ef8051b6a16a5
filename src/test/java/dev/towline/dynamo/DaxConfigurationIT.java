package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.EmbeddedDax;
import dev.towline.local.SharedStack;
import dev.towline.localdax.Operation;
import dev.towline.resolver.Timers;
import dev.towline.store.ChangeFeed;
import dev.towline.store.ChangeStages;
import dev.towline.store.Notes;
import dev.towline.store.ReadPath;
import dev.towline.store.Store;
import dev.towline.store.Table;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DaxConfigurationIT {

    @AutoClose
    private final EmbeddedDax dax =
            EmbeddedDax.inFrontOf(SharedStack.stack().dynamo().endpoint(), 0, Duration.ofMinutes(5));

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(DynamoConfiguration.class, DaxConfiguration.class, Feature.class)
            .withBean(InstantSource.class, InstantSource::system)
            .withBean("timers", Timers.class, Timers::new)
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues(
                    "towline.dynamo.endpoint=" + SharedStack.stack().dynamo().endpoint(),
                    "towline.dynamo.access-key-id=local",
                    "towline.dynamo.secret-access-key=local",
                    "towline.dynamo.create-tables=true",
                    "towline.dynamo.table-prefix=" + UUID.randomUUID() + "-",
                    "towline.dax.tables=notes",
                    "towline.dax.time-limit=10s",
                    "towline.dax.urls=" + dax.cluster().url());

    /** A cold client can deadlock under its first burst. */
    @Test
    void theClientIsWarmWhenTheStoreIsThere() {
        application.run(context -> {
            assertThat(context).hasSingleBean(Store.class);
            assertThat(dax.cluster().counters().requests(Operation.SCAN)).isEqualTo(1);
        });
    }

    @Test
    void aProcessHasOneClientAndItNeverWaitsForCredentials() {
        application.run(context -> {
            assertThat(context).hasSingleBean(DaxCluster.class);
            assertThat(context).hasSingleBean(RefreshedCredentials.class);
            assertThat(context).hasSingleBean(ReadPath.class);
            assertThat(context.getBean(SimpleMeterRegistry.class)
                            .find("resilience4j.circuitbreaker.state")
                            .tag("name", "dax")
                            .tag("state", CircuitBreaker.State.CLOSED.name().toLowerCase(java.util.Locale.ROOT))
                            .gauge())
                    .isNotNull();
        });
    }

    /** The local DAX has no TLS. A connection that begins with a TLS handshake, of type 22 by RFC 8446, 5.1, sends nothing in the clear. */
    @Test
    void encryptsWhatItSendsToADaxsUrl() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> firstByte(server));
            application
                    .withPropertyValues(
                            "towline.dax.time-limit=1s", "towline.dax.urls=daxs://localhost:" + server.getLocalPort())
                    .run(context -> assertThat(first)
                            .succeedsWithin(Duration.ofSeconds(10))
                            .isEqualTo(22));
        }
    }

    private static int firstByte(ServerSocket server) {
        try (Socket socket = server.accept()) {
            return socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void startsWhileDaxIsAway() {
        dax.cluster().nodes().forEach(node -> node.stop());

        application.run(context -> assertThat(context).hasSingleBean(Store.class));
    }

    @Test
    void doesNotStartWithATableThatIsNotReadByKey() {
        application
                .withPropertyValues("towline.dax.tables=notes,lines")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("towline.dax.tables: 'lines' cannot be read through DAX; possible are notes"));
    }

    @Test
    void doesNotStartIfFloorsEndBeforeTheItemsOfDax() {
        application
                .withPropertyValues("towline.dynamo.floor-retention=5m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("towline.dax.item-ttl: must be at least 10 s shorter than"
                                + " towline.dynamo.floor-retention"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({DynamoSettings.class, DaxSettings.class})
    static class Feature {

        @Bean
        Table<Notes.Note> notes() {
            return Notes.NOTES;
        }

        @Bean
        Table<Notes.Line> lines() {
            return Notes.LINES;
        }

        @Bean
        ChangeFeed feed() {
            return () -> true;
        }

        @Bean
        ChangeStages stages() {
            return new ChangeStages(List::of);
        }

        @Bean
        ObservationRegistry observations() {
            return ObservationRegistry.create();
        }
    }
}
