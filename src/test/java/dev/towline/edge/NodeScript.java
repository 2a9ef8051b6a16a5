package dev.towline.edge;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A script of {@code clients/}, run to its end. */
final class NodeScript {

    private static final Path PROJECT = Path.of(System.getProperty("towline.project-dir", ""));

    private NodeScript() {}

    /**
     * Blocks until the script has ended, and ends it after {@code limit}.
     *
     * @param words its path from the project's folder, then its arguments
     * @return what it printed, line by line
     * @throws AssertionError if it ends with a fault or not in time
     */
    static List<String> run(Duration limit, String... words) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("node"), Stream.of(words)).toList();
        Process process = new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .start();
        try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
                BufferedReader output = process.inputReader()) {
            var end = watch.schedule(process::destroyForcibly, limit.toMillis(), TimeUnit.MILLISECONDS);
            List<String> printed = output.lines().toList();
            int exit = process.waitFor();
            boolean inTime = end.cancel(false);
            if (exit != 0 || !inTime) {
                throw new AssertionError("%s ended with %d%s:%n%s"
                        .formatted(
                                words[0], exit, inTime ? "" : ", stopped after " + limit, String.join("\n", printed)));
            }
            return printed;
        }
    }
}
