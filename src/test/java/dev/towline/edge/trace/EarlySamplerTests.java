package dev.towline.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EarlySamplerTests {

    private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";

    @Test
    void recordsAsManyAsTheSamplerThatItAsks() {
        EarlySampler tenth = ofRatio(0.1);

        assertThat(IntStream.range(0, 10_000).filter(_ -> tenth.decide(null)).count())
                .isBetween(800L, 1200L);
        assertThat(ofRatio(0).decide(null)).isFalse();
        assertThat(ofRatio(1).decide(null)).isTrue();
    }

    @Test
    void leavesTheDecisionToTheCaller() {
        assertThat(ofRatio(0).decide(CALLER + "01")).isTrue();
        assertThat(ofRatio(1).decide(CALLER + "00")).isFalse();
        assertThat(ofRatio(1).decide("nonsense")).isTrue();
        assertThat(IntStream.range(0, 1000)
                        .filter(_ -> ofRatio(0.1).decide("nonsense"))
                        .count())
                .isLessThan(200);
    }

    @Test
    void recordsWhatWasDecided() {
        EarlySampler never = ofRatio(0);

        assertThat(decision(never)).isEqualTo(SamplingDecision.DROP);
        assertThat(EarlySampler.startSampled(() -> decision(never))).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(decision(never)).isEqualTo(SamplingDecision.DROP);
    }

    private static EarlySampler ofRatio(double ratio) {
        return new EarlySampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)));
    }

    private static SamplingDecision decision(Sampler sampler) {
        return sampler.shouldSample(
                        Context.root(),
                        IdGenerator.random().generateTraceId(),
                        "",
                        SpanKind.SERVER,
                        Attributes.empty(),
                        List.of())
                .getDecision();
    }
}
