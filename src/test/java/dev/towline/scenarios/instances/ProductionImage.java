package dev.towline.scenarios.instances;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What the container runs, in a folder: the jar, its libraries beside it, and an AOT cache of a training run that answered {@link
 * TrainingRequests}. {@link ImageCommand} makes it in the build of the container. The {@code java} that runs it must be the one that made it.
 *
 * @param folder holds {@link #JAR}, {@link #CACHE} and {@code lib}
 */
record ProductionImage(Path folder) {

    /** The options of the JVM that an operator may replace: {@code JAVA_TOOL_OPTIONS} of the container. The training runs with them, too. */
    static final List<String> REPLACEABLE =
            List.of("-XX:+UseSerialGC", "-Xms96m", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError");

    /** The native code of Netty, Tomcat and Brotli. */
    static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    static final String JAR = "towline.jar";
    static final String CACHE = "towline.aot";

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /**
     * Makes it. Blocks for as long as an unpacking, a start, the requests and the writing of the cache take.
     *
     * @param jar the production jar
     * @param folder is made, or made anew
     * @param settings of a service whose tables and keys are empty
     * @throws IllegalStateException if a step fails; it names the step and holds what was printed
     */
    static ProductionImage make(Path jar, Path folder, Map<String, String> settings) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        ProductionImage image = new ProductionImage(folder);
        image.unpack(jar);
        image.train(settings);
        return image;
    }

    /** What follows {@code java} and its replaceable options: what the container starts, but with the paths of this folder. */
    List<String> program() {
        return List.of(NATIVE_ACCESS, "-XX:AOTCache=" + cache(), "-jar", jar().toString());
    }

    /** The same without the AOT cache. */
    List<String> programWithoutCache() {
        return List.of(NATIVE_ACCESS, "-jar", jar().toString());
    }

    Path jar() {
        return folder.resolve(JAR);
    }

    Path cache() {
        return folder.resolve(CACHE);
    }

    private void unpack(Path jar) throws IOException {
        List<String> command = List.of(
                QuickJar.java(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                folder.toString());
        Path printed = Files.createTempFile("towline-extract-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " failed: " + Files.readString(printed));
            }
            // Without the version, so that the container's command need not know it. Its manifest names the libraries
            // relatively to it.
            Files.move(folder.resolve(jar.getFileName()), jar());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Files.delete(printed);
        }
    }

    private void train(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        all.put("towline.rates.enabled", "false");
        List<String> program = new ArrayList<>(programWithoutCache());
        program.addFirst("-XX:AOTCacheOutput=" + cache());
        try (TowlineProcess service = TowlineProcess.launch(REPLACEABLE, program, all)) {
            service.awaitReady();
            TrainingRequests.send(service);
            // a JVM that ends in order writes the cache at its end
            service.stop(PATIENCE);
            if (!Files.exists(cache())) {
                throw new IllegalStateException("the training run wrote no AOT cache: " + service.printed());
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path unfinished :
                    files.filter(file -> file.toString().endsWith(".config")).toList()) {
                Files.delete(unfinished);
            }
        }
    }
}
