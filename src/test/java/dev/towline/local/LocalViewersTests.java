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
        assertThat(viewers.authenticate(credentials(Map.of(), THIS_MACHINE)).viewer())
                .isEqualTo(new Viewer(Role.DISPATCHER, "local", new Tenant("local")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void believesWhatComesFromThisMachine(String address) {
        var credentials = Map.of(
                "X-Towline-Local-Role", "VENDOR",
                "X-Towline-Local-Subject", "vendor-7",
                "X-Towline-Local-Tenant", "acme");
        assertThat(viewers.authenticate(credentials(credentials, from(address))).viewer())
                .isEqualTo(new Viewer(Role.VENDOR, "vendor-7", new Tenant("acme")));
    }

    @Test
    void takesARoleInAnyCase() {
        assertThat(viewers.authenticate(credentials(Map.of("X-Towline-Local-Role", "caller"), THIS_MACHINE))
                        .viewer()
                        .role())
                .isEqualTo(Role.CALLER);
    }

    @Test
    void believesNothingFromAnotherMachine() {
        var operator = Map.of("X-Towline-Local-Role", "OPERATOR", "X-Towline-Local-Tenant", "acme");
        var dispatcher = new Viewer(Role.DISPATCHER, "local", new Tenant("local"));
        assertThat(viewers.authenticate(credentials(operator, from("192.0.2.7")))
                        .viewer())
                .isEqualTo(dispatcher);
        assertThat(viewers.authenticate(credentials(operator, null)).viewer()).isEqualTo(dispatcher);
        assertThat(viewers.authenticate(credentials(operator, InetSocketAddress.createUnresolved("localhost", 1)))
                        .viewer())
                .isEqualTo(dispatcher);
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

    private static Credentials credentials(Map<String, String> values, @Nullable InetSocketAddress remote) {
        return new Credentials(values::get, remote);
    }

    private static InetSocketAddress from(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 50_000);
    }
}
