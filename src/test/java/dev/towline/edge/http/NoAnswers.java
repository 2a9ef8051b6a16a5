package dev.towline.edge.http;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.answer.AnswerSettings;
import dev.towline.edge.SomeAdmissions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;

/** A memory that remembers nothing. */
final class NoAnswers {

    private NoAnswers() {}

    static AnswerMemory memory() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new AnswerMemory(
                AnswerSettings.off(),
                SomeAdmissions.none(),
                InstantSource.system(),
                new CacheMetrics(meters),
                meters,
                ObservationRegistry.NOOP);
    }
}
