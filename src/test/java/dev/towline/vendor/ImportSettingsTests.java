package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportSettingsTests {

    @ParameterizedTest
    @CsvSource({
        "0, 1, towline.imports.chunk-rows",
        "10001, 1, towline.imports.chunk-rows",
        "1, 0, towline.imports.parallel",
        "1, 1001, towline.imports.parallel"
    })
    void namesTheSettingThatIsWrong(int chunkRows, int parallel, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImportSettings(chunkRows, parallel))
                .withMessageStartingWith(setting);
    }
}
