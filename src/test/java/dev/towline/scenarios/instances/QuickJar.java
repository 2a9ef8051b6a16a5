package dev.towline.scenarios.instances;

import dev.towline.Towline;
import dev.towline.local.SharedStack;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The production jar so that it is ready in half the time: unpacked, with an AOT cache from a start that ended as soon as the service
 * was up. Made by the first JVM that needs it, while others wait, and kept for as long as the jar stays the same. Where it cannot be
 * made, the jar itself is started, and the log says so.
 */
final class QuickJar {

    /** Quick to start and small, for scenarios that are over before more would pay. A cache is for one kind of collector. */
    static final List<String> LEAN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    private static final Logger log = LoggerFactory.getLogger(QuickJar.class);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private QuickJar() {}

    /** The production jar. */
    static Path jar() {
        return Path.of(Objects.requireNonNull(System.getProperty("towline.jar")));
    }

    /** The {@code java} of this JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The options that start it. The first call blocks until it is made. */
    static List<String> options() {
        return Made.OPTIONS;
    }

    /** The same with the classes of one more folder. The AOT cache is good for a longer class path, too. */
    static List<String> options(Path classes) {
        List<String> options = new ArrayList<>(options());
        String jar = options.removeLast();
        options.removeLast();
        options.addAll(List.of("-cp", jar + File.pathSeparator + classes, Towline.class.getName()));
        return options;
    }

    private static final class Made {

        private static final List<String> OPTIONS = make();

        private static List<String> make() {
            Path folder = jar().resolveSibling("aot");
            try {
                Files.createDirectories(folder);
                try (var file = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = file.lock()) {
                    return quick(folder);
                }
            } catch (IOException | RuntimeException e) {
                log.warn("The AOT cache could not be made: processes under test start slowly, from the jar", e);
                return List.of("-jar", jar().toString());
            }
        }
    }

    private static List<String> quick(Path folder) throws IOException {
        Path made = folder.resolve(hash(jar()));
        Path cache = made.resolve("towline.aot");
        Path jar = made.resolve(jar().getFileName());
        if (!Files.exists(cache)) {
            try (var earlier = Files.list(folder).filter(Files::isDirectory)) {
                for (Path each : earlier.toList()) {
                    FileSystemUtils.deleteRecursively(each);
                }
            }
            run(List.of("-Djarmode=tools", "-jar", jar().toString(), "extract", "--destination", made.toString()));
            Path unfinished = made.resolve("unfinished.aot");
            List<String> training = new ArrayList<>(LEAN);
            training.addAll(List.of(
                    "-XX:AOTCacheOutput=" + unfinished,
                    "-Dspring.context.exit=onRefresh",
                    "-jar",
                    jar.toString(),
                    "--server.port=0"));
            SharedStack.freshProperties().forEach((name, value) -> training.add("--" + name + "=" + value));
            run(training);
            Files.move(unfinished, cache);
        }
        return List.of("-XX:AOTCache=" + cache, "-jar", jar.toString());
    }

    private static void run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(arguments);
        Path printed = jar().resolveSibling("aot").resolve("printed.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(printed));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String hash(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
