package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class DaxSettingsTests {

    @Test
    void areThoseOfDaxByDefault() {
        DaxSettings defaults = LocalDax.builder().settings();

        assertThat(defaults.itemTimeToLive()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.queryTimeToLive()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.itemCache()).isTrue();
        assertThat(defaults.queryCache()).isTrue();
        assertThat(defaults.nodes()).isOne();
    }

    @Test
    void listenOnLoopbackByDefault() {
        DaxSettings defaults = LocalDax.builder().settings();

        assertThat(defaults.address().isLoopbackAddress()).isTrue();
        assertThat(defaults.advertisedAddress()).isEqualTo(defaults.address());
    }

    @Test
    void leaveTheRegionToTheEnvironmentForAwsOnly() {
        assertThat(LocalDax.builder().settings().region()).isNull();
        assertThat(LocalDax.builder()
                        .dynamoEndpoint(URI.create("http://127.0.0.1:8000"))
                        .settings()
                        .region())
                .isEqualTo(Region.US_EAST_1);
    }

    @Test
    void nameTheSettingThatIsWrong() throws UnknownHostException {
        refuses("port", builder -> builder.port(65_536));
        refuses("port", builder -> builder.port(-1));
        refuses("nodes", builder -> builder.nodes(0));
        refuses("nodes", builder -> builder.nodes(12));
        refuses("itemTimeToLive", builder -> builder.itemTimeToLive(Duration.ofSeconds(-1)));
        refuses("queryTimeToLive", builder -> builder.queryTimeToLive(Duration.ofSeconds(-1)));
        refuses("itemCacheBytes", builder -> builder.itemCacheBytes(0));
        refuses("queryCacheBytes", builder -> builder.queryCacheBytes(0));
        refuses("dynamoConnections", builder -> builder.dynamoConnections(0));
        refuses("replicationDelay", builder -> builder.replicationDelay(Duration.ofSeconds(-1)));
        refuses("dynamoEndpoint", builder -> builder.dynamoEndpoint(URI.create("localhost:8000")));
        InetAddress wildcard = InetAddress.getByName("0.0.0.0");
        refuses("advertisedAddress", builder -> builder.address(wildcard));
    }

    private static void refuses(String setting, UnaryOperator<LocalDaxBuilder> change) {
        LocalDaxBuilder builder = change.apply(LocalDax.builder());
        assertThatIllegalArgumentException().isThrownBy(builder::settings).withMessageStartingWith(setting + " must ");
    }
}
