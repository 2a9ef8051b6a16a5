package dev.towline.upload;

import java.util.Arrays;
import java.util.Optional;

/** How a file has rows. */
public enum RowFormat {
    /** Comma-separated values; the first row names the columns. See <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>. */
    CSV("text/csv", "csv"),
    /** A JSON object in each line. See <a href="https://github.com/ndjson/ndjson-spec">NDJSON</a>. */
    NDJSON("application/x-ndjson", "ndjson");

    private final String mediaType;
    private final String label;

    RowFormat(String mediaType, String label) {
        this.mediaType = mediaType;
        this.label = label;
    }

    /** The media type, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** The beginning of the id of an upload. */
    String label() {
        return label;
    }

    /** The format of this media type, which has no parameters. */
    public static Optional<RowFormat> ofMediaType(String type) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equalsIgnoreCase(type))
                .findFirst();
    }
}
