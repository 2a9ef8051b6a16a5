package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaxSettingsTests {

    @Test
    void needsNone() {
        DaxSettings settings = StoreFixture.bindDax(Map.of());

        assertThat(settings.urls()).isEmpty();
        assertThat(settings.tables()).containsExactlyInAnyOrder("incidents", "vendors");
        assertThat(settings.itemTtl()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void takesSeveralSeeds() {
        assertThat(StoreFixture.bindDax(Map.of("urls", "daxs://a:9111,daxs://b:9111"))
                        .urls())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "urls, http://localhost:8111",
        "urls, 'dax://a:8111,daxs://b:9111'",
        "urls, dax:a",
        "item-ttl, 0s",
        "time-limit, 0s",
        "slow-call, -1s",
        "max-calls, 0",
        "retry-after, 0s"
    })
    void namesTheSettingThatIsWrong(String setting, String value) {
        assertThatThrownBy(() -> StoreFixture.bindDax(Map.of(setting, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("towline.dax." + setting + ": ");
    }

    @Test
    void floorsMustOutliveTheItemsOfDax() {
        DynamoSettings dynamo = StoreFixture.bind(Map.of("floor-retention", "5m"));

        assertThatThrownBy(() ->
                        StoreFixture.bindDax(Map.of("urls", "dax://a:8111")).checkRetention(dynamo))
                .hasMessageStartingWith("towline.dax.item-ttl: ");
        StoreFixture.bindDax(Map.of("urls", "dax://a:8111", "item-ttl", "290s")).checkRetention(dynamo);
    }

    @Test
    void aTableMustExist() {
        assertThatThrownBy(() ->
                        StoreFixture.bindDax(Map.of("tables", "vendors,cars")).checkTables(Set.of("vendors")))
                .hasMessage("towline.dax.tables: 'cars' cannot be read through DAX; possible are vendors");
    }
}
