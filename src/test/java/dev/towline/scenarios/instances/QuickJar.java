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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The production jar so that it is ready in half the time: as the container has it, with an AOT cache. Made by the first JVM that needs it, while
 * others wait, and kept for as long as the jar stays the same. Where it cannot be made, the jar itself is started, and the log says so.
 */
final class QuickJar {

    /** Quick to start and small, for scenarios that are over before more would pay. A cache is for one kind of collector. */
    static final List<String> LEAN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    /** The system property that names the production jar. */
    static final String JAR_PROPERTY = "towline.jar";

    private static final Logger log = LoggerFactory.getLogger(QuickJar.class);
    private static final String UNFINISHED = "unfinished";

    private QuickJar() {}

    /** The production jar. */
    static Path jar() {
        return Path.of(Objects.requireNonNull(System.getProperty(JAR_PROPERTY)));
    }

    /** The {@code java} of this JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The options that start it. The first call blocks until it is made. */
    static List<String> options() {
        try {
            return Made.IMAGE.join().program();
        } catch (CompletionException e) {
            log.warn("The AOT cache could not be made: processes under test start slowly, from the jar", e);
            return List.of("-jar", jar().toString());
        }
    }

    /** The same with the classes of one more folder. The AOT cache is good for a longer class path, too. */
    static List<String> options(Path classes) {
        List<String> options = new ArrayList<>(options());
        String jar = options.removeLast();
        options.removeLast();
        options.addAll(List.of("-cp", jar + File.pathSeparator + classes, Towline.class.getName()));
        return options;
    }

    /**
     * What the container runs. The first call blocks until it is made.
     *
     * @throws CompletionException if it cannot be made
     */
    static ProductionImage image() {
        return Made.IMAGE.join();
    }

    private static final class Made {

        private static final CompletableFuture<ProductionImage> IMAGE = make();

        private static CompletableFuture<ProductionImage> make() {
            Path folder = jar().resolveSibling("aot");
            try {
                Files.createDirectories(folder);
                try (var file = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = file.lock()) {
                    return CompletableFuture.completedFuture(quick(folder));
                }
            } catch (IOException | RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private static ProductionImage quick(Path folder) throws IOException {
        Path made = folder.resolve(hash(jar()));
        // a cache that is not finished lies elsewhere
        if (!Files.exists(made)) {
            FileSystemUtils.deleteRecursively(folder.resolve(UNFINISHED));
            try (var earlier = Files.list(folder).filter(Files::isDirectory)) {
                for (Path each : earlier.toList()) {
                    FileSystemUtils.deleteRecursively(each);
                }
            }
            Path unfinished = folder.resolve(UNFINISHED);
            ProductionImage.make(jar(), unfinished, SharedStack.freshProperties());
            Files.move(unfinished, made);
        }
        return new ProductionImage(made);
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
