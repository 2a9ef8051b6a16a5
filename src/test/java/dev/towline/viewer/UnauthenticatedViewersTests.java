package dev.towline.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnauthenticatedViewersTests {

    @ParameterizedTest
    @CsvSource({
        "localhost,            true",
        "LOCALHOST:8080,       true",
        "127.0.0.1:8080,       true",
        "rebound.example:8080, false",
        "localhost.example,    false",
        "'localhost, x',       false",
        "'',                   false",
        ",                     false"
    })
    void isForTheNamedHosts(@Nullable String host, boolean isKnown) {
        assertThat(authenticate(Set.of("localhost", "127.0.0.1"), host) != null).isEqualTo(isKnown);
        assertThat(authenticate(Set.of(), host)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void isForRolesWithoutObjectsOfTheirOwn(Role role) {
        if (role.isStaff()) {
            assertThat(new ViewerSettings(role, "acme", Set.of()).unauthenticatedRole())
                    .isEqualTo(role);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ViewerSettings(role, "acme", Set.of()))
                    .withMessageStartingWith("towline.viewer.unauthenticated-role: must be OPERATOR or DISPATCHER");
        }
    }

    private static @Nullable Authentication authenticate(Set<String> hosts, @Nullable String host) {
        ViewerSettings settings = new ViewerSettings(Role.DISPATCHER, "acme", hosts);
        return new UnauthenticatedViewers(settings)
                .authenticate(new Credentials(
                        Map.of("Host", "localhost")::get, name -> name.equals("Host") ? host : null, null));
    }
}
