package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import graphql.ExecutionInput;
import graphql.GraphqlErrorBuilder;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.parser.Parser;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentCacheTests {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> parsed = new ArrayList<>();

    @Test
    void parsesADocumentOnce() {
        DocumentCache cache = cacheOf(1000);

        assertThat(ask(cache, "{ a }")).isSameAs(ask(cache, "{ a }"));
        ask(cache, "{ b }");

        assertThat(parsed).containsExactly("{ a }", "{ b }");
        assertThat(count("hit")).isEqualTo(1);
        assertThat(count("miss")).isEqualTo(2);
    }

    @Test
    void doesNotStoreAnInvalidDocument() {
        DocumentCache cache = cacheOf(1000);

        ask(cache, "{ faulty }");
        ask(cache, "{ faulty }");

        assertThat(parsed).hasSize(2);
    }

    @Test
    void staysWithinItsSize() {
        DocumentCache cache = cacheOf(1000);

        for (int i = 0; i < 500; i++) {
            ask(cache, "{ field%03d }".formatted(i)); // 12 characters
        }

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(
                                meters.get("towline.documents.kept").gauge().value())
                        .isBetween(1.0, 84.0));
    }

    @Test
    void doesNotStoreADocumentLongerThanTheMaximum() {
        DocumentCache cache = cacheOf(10);

        ask(cache, "{ a_rather_long_one }");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(
                                meters.get("towline.documents.kept").gauge().value())
                        .isZero());
    }

    @Test
    void rejectsAnInvalidSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DocumentSettings(-1))
                .withMessageContaining("towline.documents.max-characters");
    }

    private DocumentCache cacheOf(int maxCharacters) {
        return new DocumentCache(new DocumentSettings(maxCharacters), meters);
    }

    private PreparsedDocumentEntry ask(DocumentCache cache, String query) {
        return cache.getDocumentAsync(ExecutionInput.newExecutionInput(query).build(), input -> {
                    parsed.add(input.getQuery());
                    return query.contains("faulty")
                            ? new PreparsedDocumentEntry(GraphqlErrorBuilder.newError()
                                    .message("faulty")
                                    .build())
                            : new PreparsedDocumentEntry(Parser.parse(query));
                })
                .join();
    }

    private double count(String result) {
        return meters.get("towline.documents.requests")
                .tag("result", result)
                .counter()
                .count();
    }
}
