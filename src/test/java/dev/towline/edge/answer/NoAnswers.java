package dev.towline.edge.answer;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.answer.AnswerSettings;
import dev.towline.edge.SomeAdmissions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.InstantSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;

/** A memory that remembers nothing. */
public final class NoAnswers {

    private NoAnswers() {}

    public static AnswerMemory memory() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new AnswerMemory(
                AnswerSettings.off(),
                SomeAdmissions.none(),
                InstantSource.system(),
                new CacheMetrics(meters),
                meters,
                new HitObservation(
                        new GraphQlProperties(),
                        new ObservationProperties(),
                        ObservationRegistry.NOOP,
                        meters,
                        new DefaultListableBeanFactory().getBeanProvider(Sampler.class)));
    }
}
