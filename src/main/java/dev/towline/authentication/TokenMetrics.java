package dev.towline.authentication;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The metrics of tokens. Thread-safe. */
final class TokenMetrics {

    final Counter remembered;
    final Counter verified;
    final Counter refused;
    final Counter unavailable;

    TokenMetrics(MeterRegistry meters) {
        this.remembered = counter("remembered", meters);
        this.verified = counter("verified", meters);
        this.refused = counter("refused", meters);
        this.unavailable = counter("unavailable", meters);
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("towline.tokens")
                .description("tokens of requests and of WebSocket connections, by the result of their verification")
                .tag("result", result)
                .register(meters);
    }
}
