package dev.towline.upload;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class UploadSettingsTests {

    @ParameterizedTest
    @CsvSource({
        "0B, 1, 1KB, 1, 1, towline.uploads.max-size",
        "1025MB, 1, 1KB, 1, 1, towline.uploads.max-size",
        "1MB, 0, 1KB, 1, 1, towline.uploads.max-rows",
        "1MB, 1, 1B, 1, 1, towline.uploads.max-row must",
        "1MB, 1, 2MB, 1, 1, towline.uploads.max-row must",
        "1MB, 1, 1KB, 0, 1, towline.uploads.timeout",
        "1MB, 1, 1KB, 1, 0, towline.uploads.at-once"
    })
    void namesTheSettingThatIsWrong(String size, int rows, String row, int timeoutSeconds, int atOnce, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UploadSettings(
                        DataSize.parse(size), rows, DataSize.parse(row), Duration.ofSeconds(timeoutSeconds), atOnce))
                .withMessageStartingWith(setting);
    }
}
