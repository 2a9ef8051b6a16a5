package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.problem.BadInput;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalViewersTests {

    private static final InetSocketAddress THIS_MACHINE = from("127.0.0.1");

    private final LocalViewers viewers = new LocalViewers();

    @Test
    void takesWhoeverSaysNothingForTheDispatcher() {
        assertThat(viewer(Map.of(), THIS_MACHINE)).isEqualTo(new Viewer(Role.DISPATCHER, "local", new Tenant("local")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void believesWhatComesFromThisMachine(String address) {
        var credentials = Map.of(
                "X-Towline-Local-Role", "VENDOR",
                "X-Towline-Local-Subject", "vendor-7",
                "X-Towline-Local-Tenant", "acme");
        assertThat(viewer(credentials, from(address)))
                .isEqualTo(new Viewer(Role.VENDOR, "vendor-7", new Tenant("acme")));
    }

    @Test
    void takesARoleInAnyCase() {
        assertThat(viewer(Map.of("X-Towline-Local-Role", "caller"), THIS_MACHINE)
                        .role())
                .isEqualTo(Role.CALLER);
    }

    @Test
    void believesNothingFromAnotherMachine() {
        var operator = Map.of("X-Towline-Local-Role", "OPERATOR", "X-Towline-Local-Tenant", "acme");
        assertThat(viewers.authenticate(credentials(operator, from("192.0.2.7"))))
                .isNull();
        assertThat(viewers.authenticate(credentials(operator, null))).isNull();
        assertThat(viewers.authenticate(credentials(operator, InetSocketAddress.createUnresolved("localhost", 1))))
                .isNull();
    }

    @Test
    void readsTheHostFromTheHandshakeOnly() {
        Credentials ofAPage =
                new Credentials(Map.of("Host", "localhost")::get, Map.of("Host", "evil.example")::get, THIS_MACHINE);
        assertThat(viewers.authenticate(ofAPage)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "X-Towline-Local-Role, BOSS",
        "X-Towline-Local-Role, ''",
        "X-Towline-Local-Subject, ''",
        "X-Towline-Local-Subject, with space",
        "X-Towline-Local-Tenant, a:b",
        // each twice, as Credentials.combined makes one of them
        "X-Towline-Local-Role, 'CALLER, CALLER'",
        "X-Towline-Local-Subject, 'a, b'",
        "X-Towline-Local-Tenant, 'a, b'"
    })
    void namesTheCredentialAtFault(String name, String value) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> viewers.authenticate(credentials(Map.of(name, value), THIS_MACHINE)))
                .satisfies(problem -> assertThat(problem.argument()).isEqualTo(name));
    }

    private Viewer viewer(Map<String, String> values, InetSocketAddress remote) {
        return Objects.requireNonNull(viewers.authenticate(credentials(values, remote)))
                .viewer();
    }

    private static Credentials credentials(Map<String, String> values, @Nullable InetSocketAddress remote) {
        return new Credentials(values::get, Map.of("Host", "localhost:8080")::get, remote);
    }

    private static InetSocketAddress from(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 50_000);
    }
}
