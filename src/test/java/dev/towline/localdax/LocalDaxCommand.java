package dev.towline.localdax;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Runs a cluster from the command line until the process is ended. {@code --help} says how. */
public final class LocalDaxCommand {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private LocalDaxCommand() {}

    public static void main(String... arguments) throws InterruptedException {
        // before anything logs: Logback by itself prints every byte that the client of DynamoDB receives
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "dev/towline/localdax/logback-command.xml");
        }
        int exitCode = run(List.of(arguments), System.out, System.err);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /**
     * Serves until the thread is interrupted, unless there is nothing to serve.
     *
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.contains("--help")) {
            out.print(CommandOption.usage());
            return 0;
        }
        CommandLine line;
        try {
            line = CommandLine.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println("--help lists the options.");
            return WRONG_USAGE;
        }
        try (LocalDax dax = LocalDax.start(line.settings())) {
            out.println(describe(dax));
            // the usual end is that of the process
            Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println(dax.counters()), "local-dax-counters"));
            serve(dax, line.countersEvery(), out);
            return 0;
        } catch (UncheckedIOException | SdkClientException e) {
            err.println("The cluster does not start: " + e.getMessage());
            return FAILED;
        }
    }

    private static void serve(LocalDax dax, @Nullable Duration countersEvery, PrintStream out)
            throws InterruptedException {
        var never = new CountDownLatch(1);
        if (countersEvery == null) {
            never.await();
            return;
        }
        while (!never.await(countersEvery.toMillis(), TimeUnit.MILLISECONDS)) {
            out.println(dax.counters());
        }
    }

    private static String describe(LocalDax dax) {
        DaxSettings settings = dax.settings();
        return """
            Local DAX listens on %s (%s)
              DynamoDB     %s, region %s
              item cache   %s
              query cache  %s
              replication  after %s\
            """.formatted(
                        dax.url(),
                        dax.nodes().stream().map(DaxNode::url).collect(Collectors.joining(", ")),
                        settings.dynamoEndpoint() == null ? "AWS" : settings.dynamoEndpoint(),
                        settings.region() == null ? "of the environment" : settings.region(),
                        describe(settings.itemCache(), settings.itemTimeToLive(), settings.itemCacheBytes()),
                        describe(settings.queryCache(), settings.queryTimeToLive(), settings.queryCacheBytes()),
                        settings.replicationDelay());
    }

    private static String describe(boolean on, Duration timeToLive, long bytes) {
        return on ? "%s, %d bytes a node".formatted(timeToLive.isZero() ? "no expiry" : timeToLive, bytes) : "off";
    }
}
