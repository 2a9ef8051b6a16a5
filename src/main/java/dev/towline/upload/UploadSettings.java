package dev.towline.upload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the files that callers send.
 *
 * @param maxSize the most bytes of a file, before it was compressed
 * @param maxRows the most rows of a file
 * @param maxRow the most bytes of a row; a longer one is an error of the job, and the others are read
 * @param timeout how long a file may take to arrive
 * @param atOnce how many files an instance receives at once
 */
@ConfigurationProperties("towline.uploads")
public record UploadSettings(
        @DefaultValue("256MB") DataSize maxSize,
        @DefaultValue("1000000") int maxRows,
        @DefaultValue("64KB") DataSize maxRow,
        @DefaultValue("15m") Duration timeout,
        @DefaultValue("4") int atOnce) {

    private static final DataSize LEAST_ROW = DataSize.ofKilobytes(1);
    private static final DataSize MOST_ROW = DataSize.ofMegabytes(1);
    private static final DataSize MOST_SIZE = DataSize.ofGigabytes(1);

    public UploadSettings {
        require(maxSize.toBytes() >= 1 && maxSize.compareTo(MOST_SIZE) <= 0, "max-size", "between 1B and 1GB", maxSize);
        require(maxRows >= 1, "max-rows", "at least 1", maxRows);
        require(
                maxRow.compareTo(LEAST_ROW) >= 0 && maxRow.compareTo(MOST_ROW) <= 0,
                "max-row",
                "between 1KB and 1MB",
                maxRow);
        require(timeout.isPositive(), "timeout", "more than 0", timeout);
        require(atOnce >= 1, "at-once", "at least 1", atOnce);
    }

    private static void require(boolean holds, String setting, String range, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "towline.uploads.%s must be %s, not %s".formatted(setting, range, value));
        }
    }
}
