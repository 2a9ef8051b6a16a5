package dev.towline.local;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * What {@code towline.local} says about a run on the embedded stack.
 *
 * @param dataDir the folder that keeps what is stored, over restarts
 * @param fresh whether to empty the folder first
 * @param redisPort where Redis listens, or on the next free port; 0: on any
 * @param dynamoPort the same for DynamoDB Local
 * @param dax whether reads by key go through a local DAX
 * @param daxPort the same port for it
 */
record LocalSettings(
        @DefaultValue(".towline") String dataDir,
        @DefaultValue("false") boolean fresh,
        @DefaultValue("6379") int redisPort,
        @DefaultValue("8000") int dynamoPort,
        @DefaultValue("true") boolean dax,
        @DefaultValue("8111") int daxPort) {

    private static final String PREFIX = "towline.local";
    private static final int HIGHEST_PORT = 65_535;

    LocalSettings {
        require(isFolder(dataDir), "data-dir", "the path of a folder");
        require(isPort(redisPort), "redis-port", "0 to 65535");
        require(isPort(dynamoPort), "dynamo-port", "0 to 65535");
        require(isPort(daxPort), "dax-port", "0 to 65535");
    }

    /** Reads the settings wherever Spring Boot finds them; one that is wrong, or unknown, stops the start with its name. */
    static LocalSettings of(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(
                        PREFIX,
                        Bindable.of(LocalSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
    }

    Path dataFolder() {
        return Path.of(dataDir).toAbsolutePath().normalize();
    }

    private static boolean isFolder(String path) {
        try {
            return !path.isBlank() && !Path.of(path).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= HIGHEST_PORT;
    }

    private static void require(boolean right, String name, String expected) {
        if (!right) {
            throw new IllegalArgumentException("%s.%s: %s".formatted(PREFIX, name, expected));
        }
    }
}
