package dev.towline.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthenticatorTests {

    private static final Viewer ANYBODY = new Viewer(Role.CALLER, "anybody", new Tenant("acme"));

    private final Authenticator authenticator = new Authenticator(
            List.of(source("Authorization"), source("x-api-key"), _ -> Authentication.forever(ANYBODY)));

    @Test
    void asksTheSourceOfTheCredential() {
        assertThat(subject(Map.of("Authorization", "dora"))).isEqualTo("dora");
        assertThat(subject(Map.of("x-api-key", "robot"))).isEqualTo("robot");
        assertThat(subject(Map.of())).isEqualTo("anybody");
    }

    @Test
    void refusesTwoKindsOfCredentials() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> subject(Map.of("Authorization", "dora", "x-api-key", "robot")))
                .withMessage("`x-api-key` must not be sent together with `Authorization`.");
    }

    @Test
    void refusesThoseWhomNoSourceKnows() {
        Authenticator strict = new Authenticator(List.of(source("Authorization")));

        assertThatExceptionOfType(Unauthenticated.class)
                .isThrownBy(() -> strict.authenticate(new Credentials(_ -> null, null)));
    }

    private String subject(Map<String, String> credentials) {
        return authenticator
                .authenticate(new Credentials(credentials::get, null))
                .viewer()
                .subject();
    }

    private static ViewerSource source(String name) {
        return new ViewerSource() {
            @Override
            public @Nullable Authentication authenticate(Credentials credentials) {
                String subject = credentials.get(name);
                return subject == null
                        ? null
                        : Authentication.forever(new Viewer(Role.CALLER, subject, new Tenant("acme")));
            }

            @Override
            public String credential() {
                return name;
            }
        };
    }
}
