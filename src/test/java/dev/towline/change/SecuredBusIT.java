package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedis;
import dev.towline.local.LoopbackPort;
import dev.towline.local.TlsFiles;
import dev.towline.redis.Rankings;
import dev.towline.redis.SharedValues;
import dev.towline.redis.SharedValues.Shared;
import dev.towline.viewer.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that wants a user with a password, over TLS, and one that is not what the settings say. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class SecuredBusIT {

    private static final Tenant ACME = new Tenant("acme");

    /** The rules for the user as the operations page has them. */
    static final List<String> RULES = List.of("~towline:*", "&towline:*", "+@all", "-@admin", "-@dangerous", "+info");

    private final int tlsPort = LoopbackPort.nextFree(0);
    private EmbeddedRedis redis = EmbeddedRedis.inMemory(0);
    private String trusted = "";

    @BeforeAll
    void begin(@TempDir Path folder) {
        TlsFiles tls = TlsFiles.in(folder);
        trusted = tls.certificate().toString();
        List<String> options = new ArrayList<>(List.of(
                "--tls-port",
                Integer.toString(tlsPort),
                "--tls-cert-file",
                trusted,
                "--tls-key-file",
                tls.key().toString(),
                "--tls-auth-clients",
                "no",
                "--user",
                "default",
                "off",
                "--user",
                "towline",
                "on",
                ">right"));
        options.addAll(RULES);
        redis.close();
        redis = EmbeddedRedis.with(options.toArray(String[]::new));
    }

    @AfterAll
    void end() {
        redis.close();
    }

    @Test
    void worksAsAUserWithAPasswordOverTls() {
        try (RunningBus a = overTls();
                RunningBus b = overTls()) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> a.bus.isProven() && b.bus.isProven() && a.bus.otherInstanceCount() == 1);
            a.publish("text");
            await().until(() -> b.notes.all().contains("text"));
            SharedValues values = a.context.getBean(SharedValues.class);
            values.keep(ACME, List.of(new Shared("key", 1, new byte[1], Duration.ofMinutes(1))));
            assertThat(values.getAll(ACME, List.of("key"))).doesNotContainNull();
            var ranking = b.context.getBean(Rankings.class).named("some", Duration.ofHours(1), 10);
            ranking.add(Map.of("a", 1L));
            assertThat(ranking.top(1)).containsExactly("a");
        }
    }

    private RunningBus overTls() {
        return new RunningBus(
                "--spring.ssl.bundle.pem.redis.truststore.certificate=file:" + trusted,
                "--spring.data.redis.ssl.bundle=redis",
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + tlsPort,
                "--spring.data.redis.username=towline",
                "--spring.data.redis.password=right");
    }

    @Test
    void aWrongPasswordEndsTheStart() {
        assertRefused(
                "spring.data.redis.username and spring.data.redis.password", "username=towline", "password=wrong");
        assertRefused("spring.data.redis.password");
    }

    @Test
    void aClusterThatIsNoneAndOneThatIsNotNamedEndTheStart(@TempDir Path folder) {
        try (EmbeddedRedis single = EmbeddedRedis.inMemory(0);
                EmbeddedRedis node = EmbeddedRedis.with("--cluster-enabled", "yes", "--dir", folder.toString())) {
            assertThatThrownBy(() -> new RunningBus("--spring.data.redis.cluster.nodes=127.0.0.1:" + single.port()))
                    .hasStackTraceContaining("spring.data.redis.cluster.nodes: this Redis is no cluster");
            assertThatThrownBy(() -> start(node.port()))
                    .hasStackTraceContaining("spring.data.redis.cluster.nodes: this Redis is a cluster");
        }
    }

    private void assertRefused(String named, String... settings) {
        assertThatThrownBy(() -> start(redis.port(), settings)).hasStackTraceContaining(named + ": Redis");
    }

    private static RunningBus start(int port, String... settings) {
        return new RunningBus(Stream.concat(Stream.of("host=127.0.0.1", "port=" + port), Stream.of(settings))
                .map(setting -> "--spring.data.redis." + setting)
                .toArray(String[]::new));
    }
}
