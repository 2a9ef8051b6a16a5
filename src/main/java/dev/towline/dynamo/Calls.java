package dev.towline.dynamo;

import dev.towline.trace.Sampling;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Times every call to DynamoDB and DAX, including its retries, and gives it a span if its trace is recorded. In all other traces it has the
 * timer alone, because an observation costs much more. Thread-safe.
 */
final class Calls {

    static final String NAME = "towline.dynamo.calls";

    private final ObservationRegistry observations;
    private final MeterRegistry meters;

    /** The timers that were used so far. */
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    Calls(ObservationRegistry observations, MeterRegistry meters) {
        this.observations = observations;
        this.meters = meters;
    }

    /** The service that is called. */
    enum Path {
        DYNAMODB,
        DAX;

        private String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which timer counts a call: it has the tags that an observation gives to its own. */
    private record Series(String operation, String table, Path path, Outcome outcome, String error) {}

    /**
     * Makes a call and records its outcome.
     *
     * @param operation DynamoDB's name of the operation
     * @param table the name of the table without prefix; several names are joined by '+'
     * @param call calls only the client, because every exception counts as a failure of the client
     * @throws SdkException for every exception of the client
     */
    <R> R call(String operation, String table, Path path, Supplier<R> call) {
        return Sampling.mayBeSampled(observations.getCurrentObservation())
                ? observed(operation, table, path, call)
                : timed(operation, table, path, call);
    }

    private <R> R timed(String operation, String table, Path path, Supplier<R> call) {
        Timer.Sample sample = Timer.start(meters);
        Outcome outcome = Outcome.OK;
        SdkException error = null;
        try {
            return call.get();
        } catch (RuntimeException e) {
            SdkException failure = Failures.ofClient(e);
            outcome = Outcome.of(failure);
            error = outcome == Outcome.CONFLICT ? null : failure;
            throw failure;
        } finally {
            sample.stop(
                    timers.computeIfAbsent(new Series(operation, table, path, outcome, described(error)), this::timer));
        }
    }

    private Timer timer(Series series) {
        return meters.timer(
                NAME,
                "table",
                series.table,
                "operation",
                series.operation,
                "path",
                series.path.tag(),
                "outcome",
                series.outcome.tag(),
                "error",
                series.error);
    }

    private static String described(@Nullable SdkException error) {
        return error == null ? "none" : error.getClass().getSimpleName();
    }

    private <R> R observed(String operation, String table, Path path, Supplier<R> call) {
        Observation observation = Observation.createNotStarted(NAME, observations)
                .contextualName(operation + " " + table)
                .lowCardinalityKeyValue("table", table)
                .lowCardinalityKeyValue("operation", operation)
                .lowCardinalityKeyValue("path", path.tag())
                .start();
        Outcome outcome = Outcome.OK;
        try (Observation.Scope _ = observation.openScope()) {
            return call.get();
        } catch (RuntimeException e) {
            SdkException failure = Failures.ofClient(e);
            outcome = Outcome.of(failure);
            if (outcome != Outcome.CONFLICT) {
                observation.error(failure);
            }
            throw failure;
        } finally {
            observation.lowCardinalityKeyValue("outcome", outcome.tag()).stop();
        }
    }

    /** Makes a call that changes nothing, so its failures need no settlement. */
    <R> R read(String operation, String table, Supplier<R> call) {
        try {
            return call(operation, table, Path.DYNAMODB, call);
        } catch (SdkException e) {
            throw Failures.translated(e);
        }
    }

    <R> R call(String operation, String table, Supplier<R> call) {
        return call(operation, table, Path.DYNAMODB, call);
    }

    ObservationRegistry observations() {
        return observations;
    }
}
