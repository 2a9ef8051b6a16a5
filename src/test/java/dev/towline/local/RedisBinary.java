package dev.towline.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * The Redis server to run: the one on the PATH if it is recent enough, else the bundled one, unpacked for as long as it takes to
 * start it.
 *
 * @param file the executable
 * @param unpacked whether it was unpacked for this start, into a folder of its own
 */
record RedisBinary(Path file, boolean unpacked) implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");

    /** GEOSEARCH came with 6.2. */
    private static final int OLDEST_MAJOR = 6;

    private static final int OLDEST_MINOR = 2;

    static RedisBinary find() throws IOException {
        Optional<Path> installed = GuardedProcess.onPath("redis-server").filter(RedisBinary::isRecent);
        if (installed.isPresent()) {
            return new RedisBinary(installed.get(), false);
        }
        Path folder = Files.createTempDirectory("towline-redis-");
        return new RedisBinary(
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath(), true);
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
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR);
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
