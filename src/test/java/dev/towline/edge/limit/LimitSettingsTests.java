package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitSettingsTests {

    @ParameterizedTest
    @CsvSource({
        "document-characters, 0",
        "tokens, 0",
        "fragments, -1",
        "depth, 0",
        "breadth, 0",
        "fields, 0",
        "aliases, -1",
        "repeated-fields, -1",
        "directives, -1",
        "variable-bytes, -1",
        "variable-depth, 0",
        "cost, 0",
        "operation-timeout, 0s"
    })
    void namesAWrongSetting(String setting, String value) {
        assertThatThrownBy(() -> Limits.with(Map.of(setting, value)))
                .rootCause()
                .hasMessageContaining("towline.limits." + setting)
                .hasMessageContaining(value.equals("0s") ? "PT0S" : value);
    }

    @Test
    void allowsTheLeastValues() {
        assertThat(Limits.with(Map.of("aliases", 0, "fragments", 0, "directives", 0, "repeated-fields", 0))
                        .aliases())
                .isZero();
    }

    @Test
    void allowsNoIntrospectionUnlessSet() {
        assertThat(Limits.DEFAULTS.introspection()).isFalse();
    }
}
