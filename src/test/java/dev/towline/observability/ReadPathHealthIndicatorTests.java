package dev.towline.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.ReadPath;
import dev.towline.store.ReadPath.Bypass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Status;

class ReadPathHealthIndicatorTests {

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

    private Status status() {
        return new ReadPathHealthIndicator(beans.getBeanProvider(ReadPath.class))
                .health()
                .getStatus();
    }

    @Test
    void saysThatThereIsNoDax() {
        assertThat(status().getCode()).isEqualTo("UP");
        assertThat(status().getDescription()).isEqualTo("reads go to DynamoDB; there is no DAX");
    }

    @ParameterizedTest
    @CsvSource({
        ", UP, reads go through DAX",
        "CHANGES_MISSED, UP, reads go to DynamoDB until",
        "CHANGES_UNPROVEN, UP, 'reads go to DynamoDB, because the changes'",
        "UNAVAILABLE, DEGRADED, 'reads go to DynamoDB, because DAX fails or is slow'"
    })
    void saysWhichWayReadsGoAndWhy(@Nullable Bypass bypass, String code, String description) {
        beans.addBean("path", (ReadPath) () -> bypass);

        assertThat(status().getCode()).isEqualTo(code);
        assertThat(status().getDescription()).startsWith(description);
    }
}
