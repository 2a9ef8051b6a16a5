package dev.towline.histories;

import java.time.Duration;

/**
 * A fault that happened. Times count from the beginning of the run, and each lies outside: {@code from} before it began, {@code until}
 * after it was over.
 *
 * @param instance that was killed, for that kind
 */
record Disturbance(FaultKind kind, int instance, Duration from, Duration until) {

    /** Whether it killed the process of that name, as in {@link Operation}, or an earlier or later one of the same instance. */
    boolean kills(String name) {
        return kind == FaultKind.INSTANCE_KILLED && name.startsWith(instance + "/");
    }
}
