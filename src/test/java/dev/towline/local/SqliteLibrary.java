package dev.towline.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/** DynamoDB Local's native library, which by itself would stay in the temporary directory whenever a JVM is killed. */
final class SqliteLibrary {

    private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

    private SqliteLibrary() {}

    /** Unpacks and loads the library, once in a JVM, and removes the unpacked file: a loaded library does not need it. */
    static synchronized void load() throws Exception {
        Path folder = Files.createTempDirectory("towline-sqlite-");
        System.setProperty(FOLDER_PROPERTY, folder.toString());
        try {
            SQLiteLibraryLoader.initialize();
        } finally {
            System.clearProperty(FOLDER_PROPERTY);
            File[] unpacked = folder.toFile().listFiles();
            if (unpacked != null) {
                for (File file : unpacked) {
                    Files.delete(file.toPath());
                }
            }
            Files.delete(folder);
        }
    }
}
