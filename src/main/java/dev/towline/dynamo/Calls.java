package dev.towline.dynamo;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Observes every call to DynamoDB and DAX: one timer and one span per call, including its retries. Thread-safe. */
final class Calls {

    static final String NAME = "towline.dynamo.calls";

    private final ObservationRegistry observations;

    Calls(ObservationRegistry observations) {
        this.observations = observations;
    }

    /** The service that is called. */
    enum Path {
        DYNAMODB,
        DAX
    }

    /**
     * Makes a call and records its outcome.
     *
     * @param operation DynamoDB's name of the operation
     * @param table the name of the table without prefix; several names are joined by '+'
     * @param call calls only the client, because every exception counts as a failure of the client
     * @throws SdkException for every exception of the client
     */
    <R> R call(String operation, String table, Path path, Supplier<R> call) {
        Observation observation = Observation.createNotStarted(NAME, observations)
                .contextualName(operation + " " + table)
                .lowCardinalityKeyValue("table", table)
                .lowCardinalityKeyValue("operation", operation)
                .lowCardinalityKeyValue("path", path.name().toLowerCase(Locale.ROOT))
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
