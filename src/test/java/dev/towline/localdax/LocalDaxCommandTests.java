package dev.towline.localdax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalDaxCommandTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void takesAllItsOptions() {
        CommandLine line = CommandLine.parse(List.of(
                "--dynamo-endpoint=http://127.0.0.1:8000",
                "--region=eu-central-1",
                "--credentials=id:secret",
                "--port=9000",
                "--address=127.0.0.2",
                "--advertised-address=127.0.0.3",
                "--nodes=3",
                "--pinned=true",
                "--item-cache=false",
                "--query-cache=false",
                "--item-ttl=0",
                "--query-ttl=90s",
                "--item-cache-size=500KB",
                "--query-cache-size=2GB",
                "--replication-delay=1h",
                "--last-one-wins=true",
                "--attribute-list-file=lists",
                "--dynamo-connections=7",
                "--limits=connections:50,idle:90s,requestBytes:4MB",
                "--counters-every=10s"));

        DaxSettings settings = line.settings();
        assertThat(settings.dynamoEndpoint()).isEqualTo(URI.create("http://127.0.0.1:8000"));
        assertThat(settings.region()).hasToString("eu-central-1");
        assertThat(settings.credentials()).isNotNull();
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.address().getHostAddress()).isEqualTo("127.0.0.2");
        assertThat(settings.advertisedAddress().getHostAddress()).isEqualTo("127.0.0.3");
        assertThat(settings.nodes()).isEqualTo(3);
        assertThat(settings.pinned()).isTrue();
        assertThat(settings.itemCache()).isFalse();
        assertThat(settings.queryCache()).isFalse();
        assertThat(settings.itemTimeToLive()).isZero();
        assertThat(settings.queryTimeToLive()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.itemCacheBytes()).isEqualTo(500 << 10);
        assertThat(settings.queryCacheBytes()).isEqualTo(2L << 30);
        assertThat(settings.replicationDelay()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.lastOneWins()).isTrue();
        assertThat(settings.attributeListFile()).hasFileName("lists");
        assertThat(settings.dynamoConnections()).isEqualTo(7);
        assertThat(settings.limits().connections()).isEqualTo(50);
        assertThat(settings.limits().idle()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.limits().requestBytes()).isEqualTo(4 << 20);
        assertThat(settings.limits().depth()).isEqualTo(WireLimits.defaults().depth());
        assertThat(line.countersEvery()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void namesTheOptionThatIsWrong() {
        refuses("--item-ttl=5", "--item-ttl: 5 is not a duration");
        refuses("--item-ttl=-1s", "--item-ttl: -1s is not a duration");
        refuses("--item-cache-size=1TB", "--item-cache-size: 1TB is not a size");
        refuses("--port=x", "--port: x is not a whole number");
        refuses("--port=70000", "port must be from 0 to 65535: 70000");
        refuses("--item-cache=yes", "--item-cache: yes is neither true nor false");
        refuses("--credentials=secret", "--credentials: credentials have the form ID:SECRET");
        refuses("--limits=conections:1", "--limits: There is no limit conections");
        refuses("--limits=connections", "--limits: connections has not the form NAME:VALUE");
        refuses("--limits=connections:0", "--limits: connections must be positive: 0");
        refuses("--nodes", "--nodes needs a value");
        refuses("--counters-every=0", "--counters-every must be positive");
    }

    @Test
    void endsWithCode2AfterAWrongOption() throws InterruptedException {
        assertThat(run("--nods=3")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("There is no option --nods", "--help");
        assertThat(out.size()).isZero();
    }

    @Test
    void listsAllOptions() throws InterruptedException {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(UTF_8)).contains("--dynamo-endpoint=URL", "--item-ttl=DURATION", "--counters-every=");
    }

    private int run(String... arguments) throws InterruptedException {
        return LocalDaxCommand.run(
                List.of(arguments), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private static void refuses(String argument, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLine.parse(List.of(argument)))
                .withMessageStartingWith(message);
    }
}
