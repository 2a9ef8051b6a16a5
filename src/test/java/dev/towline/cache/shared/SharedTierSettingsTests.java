package dev.towline.cache.shared;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedTierSettingsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        thing | Query.things | 10m | ''
        thing | ''           | 10m | ''
        thing | Query.things | 11m | towline.cache.shared.retention must be at most towline.dynamo.floor-retention, PT10M, not PT11M
        boat  | Query.things | 1m  | towline.cache.shared.entities must only have [thing, truck], not boat
        thing | Query.boats  | 1m  | towline.cache.shared.fields must only have [Query.things], not Query.boats
        truck | Query.things | 1m  | towline.cache.shared.fields has Query.things, which requires thing in towline.cache.shared.entities
        """)
    void rejectsInvalidSettings(String entity, String field, String retention, String fault) {
        Set<String> fields = field.isEmpty() ? Set.of() : Set.of(field);
        SharedTierSettings settings =
                new SharedTierSettings(true, Set.of(entity), fields, Duration.parse("PT" + retention));
        ThrowingCallable check =
                () -> settings.check(Set.of("thing", "truck"), Map.of("Query.things", "thing"), Duration.ofMinutes(10));
        if (fault.isEmpty()) {
            assertThatNoException().isThrownBy(check);
        } else {
            assertThatThrownBy(check).hasMessage(fault);
        }
    }
}
