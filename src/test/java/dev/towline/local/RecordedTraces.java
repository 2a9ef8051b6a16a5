package dev.towline.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real vehicles' positions, which are no part of the project. */
public final class RecordedTraces {

    private RecordedTraces() {}

    /** The folder in which {@code clients/driver/replay.mjs} looks for them, too; empty where it is not. */
    public static Optional<Path> folder() {
        String given = System.getenv("TOWLINE_TRACES");
        Path folder = given == null
                ? Path.of(System.getProperty("towline.project-dir", "")).resolve("../shared/data")
                : Path.of(given);
        return Optional.of(folder.toAbsolutePath().normalize()).filter(Files::isDirectory);
    }
}
