package dev.towline.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ViewerTests {

    private static final Tenant TENANT = new Tenant("acme");

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"OPERATOR", "DISPATCHER", "GUEST"})
    void whoseSubjectDecidesNothingIsOneAudience(Role role) {
        assertThat(new Viewer(role, "one", TENANT, "s1").audience())
                .isEqualTo(new Viewer(role, "other", TENANT, "s1").audience());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"VENDOR", "CALLER"})
    void whoSeesWhatBelongsToItsSubjectIsAnAudienceByItself(Role role) {
        assertThat(new Viewer(role, "one", TENANT).audience())
                .isNotEqualTo(new Viewer(role, "other", TENANT).audience());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void tenantAndRoleAndSharedSessionSplitAudiences(Role role) {
        Viewer audience = new Viewer(role, "one", TENANT, "s1").audience();

        assertThat(audience)
                .isNotEqualTo(new Viewer(role, "one", new Tenant("other"), "s1").audience())
                .isNotEqualTo(new Viewer(role, "one", TENANT, "s2").audience());
        for (Role other : Role.values()) {
            if (other != role) {
                assertThat(audience).isNotEqualTo(new Viewer(other, "one", TENANT, "s1").audience());
            }
        }
    }
}
