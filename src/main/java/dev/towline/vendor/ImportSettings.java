package dev.towline.vendor;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of imports of vendors.
 *
 * @param chunkRows how many rows are worked on until the progress is stored, and at most done again after an instance has ended
 * @param parallel how many rows of an import are written at once
 */
@ConfigurationProperties("towline.imports")
record ImportSettings(
        @DefaultValue("500") int chunkRows,
        @DefaultValue("32") int parallel) {

    private static final int MOST_ROWS = 10_000;
    private static final int MOST_PARALLEL = 1_000;

    ImportSettings {
        require("chunk-rows", chunkRows, MOST_ROWS);
        require("parallel", parallel, MOST_PARALLEL);
    }

    private static void require(String setting, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "towline.imports.%s must be between 1 and %d, not %d".formatted(setting, most, value));
        }
    }
}
