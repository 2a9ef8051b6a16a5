package dev.towline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run keeps what is stored, for one run at a time: a lock on a file in it, which the operating system gives back however the
 * run ends. The file also marks the folder as one that Towline made, so that nothing else is ever emptied.
 */
final class DataFolder implements AutoCloseable {

    private static final String SETTING = "towline.local.data-dir";
    private static final String MARK = "towline.lock";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens the folder, which is made if need be.
     *
     * @param fresh whether to remove what earlier runs stored
     * @throws LocalRunRefused if another run uses it, or it holds something of somebody else
     */
    static DataFolder open(Path path, boolean fresh) {
        try {
            Files.createDirectories(path);
            refuseForeign(path);
            DataFolder folder = new DataFolder(path, lock(path));
            if (fresh) {
                folder.empty();
            }
            return folder;
        } catch (IOException e) {
            throw new LocalRunRefused(
                    "%s: %s cannot be used as the data folder (%s).".formatted(SETTING, path, e),
                    "Name a folder that can be written to.");
        }
    }

    private static void refuseForeign(Path path) {
        if (Files.exists(path.resolve(MARK))) {
            return;
        }
        for (Path kept : kept(path)) {
            if (Files.exists(kept)) {
                throw new LocalRunRefused(
                        "%s: %s was there before Towline, so it may not be Towline's to write or to empty."
                                .formatted(SETTING, kept),
                        "Name another folder, best a new one.");
            }
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // another run in this JVM: the same answer as for one elsewhere
        }
        channel.close();
        throw new LocalRunRefused(
                "%s: another run is using %s.".formatted(SETTING, path),
                "Stop it (Ctrl-C where it runs), or give this one a folder of its own: %s=<folder>.".formatted(SETTING));
    }

    private static List<Path> kept(Path path) {
        return List.of(path.resolve("dynamo"), path.resolve("redis"));
    }

    private void empty() throws IOException {
        for (Path folder : kept(path)) {
            if (!Files.exists(folder)) {
                continue;
            }
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }

    Path path() {
        return path;
    }

    Path dynamo() {
        return path.resolve("dynamo");
    }

    Path redis() {
        return path.resolve("redis");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
