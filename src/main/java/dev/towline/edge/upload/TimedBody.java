package dev.towline.edge.upload;

import dev.towline.edge.error.Refusal;
import dev.towline.problem.Limit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;

/** A body that must arrive in time: Tomcat limits the time between two bytes only. For one thread. */
final class TimedBody extends FilterInputStream {

    private final Duration allowed;
    private final InstantSource clock;
    private final Instant deadline;

    TimedBody(InputStream body, Duration allowed, InstantSource clock) {
        super(body);
        this.allowed = allowed;
        this.clock = clock;
        this.deadline = clock.instant().plus(allowed);
    }

    @Override
    public int read() throws IOException {
        requireInTime();
        return super.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        requireInTime();
        return super.read(to, offset, length);
    }

    private void requireInTime() {
        if (clock.instant().isAfter(deadline)) {
            long allowedMs = allowed.toMillis();
            throw new Refusal(HttpStatus.REQUEST_TIMEOUT, null, "The file must arrive within " + allowedMs + " ms.")
                    .exceeding(new Limit("uploadTimeout", allowedMs));
        }
    }
}
