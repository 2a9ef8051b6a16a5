package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoSettingsTests {

    @Test
    void hasDefaultsForAws() {
        assertThat(StoreFixture.bind(Map.of()))
                .isEqualTo(new DynamoSettings(
                        null,
                        "us-east-1",
                        null,
                        null,
                        "towline-",
                        false,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(4),
                        4,
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        128,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, localhost:8000",
        "region, ''",
        "secret-access-key, hush",
        "access-key-id, me",
        "table-prefix, a/b",
        "connect-timeout, 0s",
        "attempt-timeout, -1s",
        "call-timeout, 10ms",
        "max-attempts, 0",
        "backoff-base, 0s",
        "backoff-max, 1ms",
        "max-connections, 0"
    })
    void namesTheSettingThatIsWrong(String setting, String value) {
        assertThatThrownBy(() -> StoreFixture.bind(Map.of(setting, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("towline\\.dynamo\\.[a-z-]+: .+")
                .message()
                .satisfiesAnyOf(
                        message -> assertThat(message).startsWith("towline.dynamo." + setting + ":"),
                        message -> assertThat(message).contains("both present or both absent"));
    }

    @Test
    void hidesTheSecret() {
        DynamoSettings settings = StoreFixture.bind(Map.of("access-key-id", "me", "secret-access-key", "hush"));

        assertThat(settings.toString()).contains("me").doesNotContain("hush");
    }
}
