package dev.towline.requests;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.AppenderBase;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Hears of every stack trace and every error in the log, from its start until it is closed. Thread-safe. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final @Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    private LogWatch() {
        setContext(root.getLoggerContext());
    }

    static LogWatch started() {
        LogWatch watch = new LogWatch();
        watch.start();
        watch.root.addAppender(watch);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> watch.heard.add("uncaught in " + thread.getName() + ": " + failure));
        return watch;
    }

    /** The events since the last call. */
    List<String> heard() {
        List<String> taken = new ArrayList<>();
        for (String each = heard.poll(); each != null; each = heard.poll()) {
            taken.add(each);
        }
        return taken;
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        if (isFailedCondition(event)) {
            return;
        }
        if (event.getLevel().isGreaterOrEqual(Level.ERROR) || thrown != null) {
            heard.add("in the log: %s %s%s%s%s"
                    .formatted(
                            event.getLevel(),
                            event.getLoggerName(),
                            thrown == null ? "" : ", " + thrown.getClassName() + at(thrown),
                            Failures.DETAILS,
                            event.getFormattedMessage() + (thrown == null ? "" : ": " + thrown.getMessage())));
        }
    }

    /** DynamoDB Local, in this JVM, logs an answer that the service expects: another write was faster. */
    private static boolean isFailedCondition(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return event.getLoggerName().startsWith("software.amazon.dynamodb.services.local.")
                && thrown != null
                && isFailedCondition(String.valueOf(thrown.getMessage()));
    }

    private static boolean isFailedCondition(String message) {
        return message.equals("The conditional request failed")
                || (message.startsWith("Transaction cancelled") && message.contains("ConditionalCheckFailed"));
    }

    private static String at(IThrowableProxy thrown) {
        StackTraceElementProxy[] trace = thrown.getStackTraceElementProxyArray();
        return trace.length == 0 ? "" : " " + trace[0];
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
