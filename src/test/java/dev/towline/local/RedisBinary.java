package dev.towline.local;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Redis server to run: the one on the PATH if it is recent enough, else the bundled one, unpacked for as long as it takes to
 * start it.
 *
 * @param file the executable
 * @param unpacked whether it was unpacked for this start, into a folder of its own
 */
record RedisBinary(Path file, boolean unpacked) implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");

    /** Sharded channels came with 7.0, which tests need; the service works with 6.2 or newer. */
    private static final int OLDEST_MAJOR = 7;

    private static final String BUNDLED = "redis-server-7.0.15";

    static RedisBinary find() throws IOException {
        Optional<Path> installed = GuardedProcess.onPath("redis-server").filter(RedisBinary::isRecent);
        if (installed.isPresent()) {
            return new RedisBinary(installed.get(), false);
        }
        return unpack();
    }

    private static RedisBinary unpack() throws IOException {
        String name = BUNDLED + '-' + system() + '-' + architecture();
        Path file = Files.createTempDirectory("towline-redis-").resolve("redis-server");
        try (InputStream bundled = ClassLoader.getSystemResourceAsStream(name)) {
            if (bundled == null) {
                throw new FileNotFoundException("there is no " + name);
            }
            Files.copy(bundled, file);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new RedisBinary(file, true);
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386" -> "386";
            default -> "amd64";
        };
    }

    private static boolean isRecent(Path executable) {
        try {
            Process process = new ProcessBuilder(executable.toString(), "--version").start();
            return isRecent(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isRecent(String versionLine) {
        Matcher version = VERSION.matcher(versionLine);
        if (!version.find()) {
            return false;
        }
        return Integer.parseInt(version.group(1)) >= OLDEST_MAJOR;
    }

    /** Removes what was unpacked; a server that runs from it does not mind. */
    @Override
    public void close() throws IOException {
        if (unpacked) {
            Files.delete(file);
            Files.delete(file.getParent());
        }
    }
}
