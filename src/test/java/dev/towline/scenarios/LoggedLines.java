package dev.towline.scenarios;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The log lines of the service while this is open. Thread-safe. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final Logger ROOT =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

    private LoggedLines() {}

    static LoggedLines open() {
        LoggedLines lines = new LoggedLines();
        lines.setContext(ROOT.getLoggerContext());
        lines.start();
        ROOT.addAppender(lines);
        return lines;
    }

    /** Those so far that a logger of this simple name has written. */
    List<ILoggingEvent> of(String logger) {
        return lines.stream()
                .filter(line -> line.getLoggerName().endsWith('.' + logger))
                .toList();
    }

    /** All so far, each with everything that a log file could have of it. */
    List<String> texts() {
        return lines.stream()
                .map(line -> "%s %s %s %s"
                        .formatted(
                                line.getFormattedMessage(),
                                line.getMDCPropertyMap(),
                                line.getKeyValuePairs(),
                                line.getThrowableProxy() == null
                                        ? ""
                                        : ThrowableProxyUtil.asString(line.getThrowableProxy())))
                .toList();
    }

    /** Those so far that come with a stack trace. */
    List<String> withStackTrace() {
        return lines.stream()
                .filter(line -> line.getThrowableProxy() != null)
                .map(line -> line + ": "
                        + Objects.requireNonNull(line.getThrowableProxy()).getClassName())
                .toList();
    }

    @Override
    protected void append(ILoggingEvent line) {
        lines.add(line);
    }

    @Override
    public void close() {
        ROOT.detachAppender(this);
        stop();
    }
}
