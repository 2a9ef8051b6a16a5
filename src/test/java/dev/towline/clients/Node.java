package dev.towline.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs the commands under {@code clients/}, each as a process in the project's folder. Blocking, thread-safe. */
public final class Node {

    private static final Path PROJECT =
            Path.of(System.getProperty("towline.project-dir", "")).toAbsolutePath();

    private static final int MAJOR = 20;
    private static final int MINOR = 19;
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

    private Node() {}

    /**
     * What a process has left behind.
     *
     * @param exitCode 0 for success
     */
    public record Ended(int exitCode, String output, String errors) {

        @Override
        public String toString() {
            return "exit code %d%n%s%n%s".formatted(exitCode, output, errors);
        }
    }

    /**
     * Runs Node to its end, and stops it where that takes too long.
     *
     * @throws AssertionError if there is no Node, an old one, or no end
     */
    public static Ended run(Duration patience, List<String> arguments) {
        requireVersion(
                execute(Duration.ofMinutes(1), List.of("--version")).output().strip());
        return execute(patience, arguments);
    }

    /** @throws AssertionError for a version that the commands are not made for */
    static void requireVersion(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches() || !isRecent(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)))) {
            throw new AssertionError("The commands under clients/ need Node %d.%d or newer; `node --version` says %s."
                    .formatted(MAJOR, MINOR, version));
        }
    }

    /** The files of the project with such a name, by path. */
    static List<Path> files(String folder, String ending) {
        try (Stream<Path> tree = Files.walk(PROJECT.resolve(folder))) {
            return tree.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .map(PROJECT::relativize)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(PROJECT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRecent(int major, int minor) {
        return major > MAJOR || (major == MAJOR && minor >= MINOR);
    }

    private static Ended execute(Duration patience, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).directory(PROJECT.toFile()).start();
            process.getOutputStream().close();
            var output = text(process.getInputStream());
            var errors = text(process.getErrorStream());
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Not done after %s: %s%n%s".formatted(patience, command, errors.join()));
            }
            return new Ended(process.exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new AssertionError(
                    "The commands under clients/ need Node %d.%d or newer on the PATH.".formatted(MAJOR, MINOR), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Read while the process runs: one that nobody listens to stands still. */
    private static CompletableFuture<String> text(InputStream stream) {
        var text = new CompletableFuture<String>();
        // not a virtual one: reading a pipe holds its carrier, and with a few pipes no other virtual thread would run
        Thread.ofPlatform().daemon().start(() -> {
            try {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("(not read: " + e + ")");
            }
        });
        return text;
    }
}
