package dev.towline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * For a test that could not find out here and now what it is there for, and must not pass as if it had: what it says is in
 * {@code target/inconclusive.txt}, and {@code verify} and {@code .ci/run} count and print it at their end. Thread-safe.
 */
public final class Inconclusive {

    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Inconclusive() {}

    /** Notes that the calling class concluded nothing, and why. */
    public static void because(String reason) {
        String line = "%s: %s%n"
                .formatted(
                        CALLERS.getCallerClass().getSimpleName(), reason.strip().replaceAll("\\s*\\R\\s*", "; "));
        System.out.print("inconclusive: " + line);
        Path file = Path.of(System.getProperty("towline.project-dir", ""), "target", "inconclusive.txt");
        try {
            // one write, which several JVMs may do at the same time
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
