package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;

class SupportedConnectionsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "url=redis://h:1",
                "host=h database=3 username=u password=p ssl.enabled=true",
                "cluster.nodes=h:1 cluster.max-redirects=2 lettuce.cluster.refresh.period=5s",
                "cluster.nodes=h:1 lettuce.read-from=upstream",
                "sentinel.nodes=h:1 sentinel.master=m database=1 lettuce.read-from=MASTER"
            })
    void takesOneServerSentinelOrACluster(String settings) {
        assertThatCode(() -> SupportedConnections.check(properties(settings))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "masterreplica.nodes, masterreplica.nodes=h:1",
        "lettuce.read-from, lettuce.read-from=replica-preferred",
        "lettuce.read-from, lettuce.read-from=masterPreferred",
        "lettuce.read-from, lettuce.read-from=any",
        "cluster.nodes, cluster.nodes=h:1 sentinel.nodes=h:2 sentinel.master=m",
        "cluster.nodes, cluster.nodes=h:1 url=redis://h:1",
        "sentinel.nodes, sentinel.nodes=h:1 sentinel.master=m url=redis://h:1",
        "database, cluster.nodes=h:1 database=1"
    })
    void refusesWhatItCannotFollow(String named, String settings) {
        assertThatThrownBy(() -> SupportedConnections.check(properties(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spring.data.redis." + named + ": ");
    }

    private static DataRedisProperties properties(String settings) {
        return new Binder(new MapConfigurationPropertySource(Arrays.stream(settings.split(" ", -1))
                        .filter(setting -> !setting.isEmpty())
                        .map(setting -> setting.split("=", 2))
                        .collect(
                                Collectors.toMap(setting -> "spring.data.redis." + setting[0], setting -> setting[1]))))
                .bindOrCreate("spring.data.redis", DataRedisProperties.class);
    }
}
