package dev.towline.cache.shared;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedTierSettingsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        thing | 10m | ''
        thing | 11m | towline.cache.shared.retention must be at most towline.dynamo.floor-retention, PT10M, not PT11M
        boat  | 1m  | towline.cache.shared.entities must only have [thing, truck], not boat
        """)
    void rejectsInvalidSettings(String entity, String retention, String fault) {
        SharedTierSettings settings = new SharedTierSettings(true, Set.of(entity), Duration.parse("PT" + retention));
        ThrowingCallable check = () -> settings.check(Set.of("thing", "truck"), Duration.ofMinutes(10));
        if (fault.isEmpty()) {
            assertThatNoException().isThrownBy(check);
        } else {
            assertThatThrownBy(check).hasMessage(fault);
        }
    }
}
