package dev.towline.scenarios.instances;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.towline.local.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Makes the {@link ProductionImage} from the production jar, with the embedded stack in this process: {@code ./mvnw -DskipTests package
 * exec:exec@image}. The arguments are the jar and the folder.
 */
final class ImageCommand {

    private ImageCommand() {}

    public static void main(String[] args) {
        // Jetty says much
        quieten(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.WARN);
        try {
            make(args);
            // the threads of DynamoDB Local would keep the JVM
            System.exit(0);
        } catch (IOException | RuntimeException | AssertionError e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void make(String[] args) throws IOException {
        Path jar = Path.of(args[0]).toAbsolutePath();
        System.setProperty(QuickJar.JAR_PROPERTY, jar.toString());
        // with DAX: reads go past it at first and then through it, so both ways are trained
        try (EmbeddedStack stack = EmbeddedStack.inMemory(true)) {
            // a table that does not exist yet is an error with a stack trace
            quieten("software.amazon.dynamodb", Level.OFF);
            ProductionImage.make(jar, Path.of(args[1]).toAbsolutePath(), stack.properties());
        }
    }

    private static void quieten(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }
}
