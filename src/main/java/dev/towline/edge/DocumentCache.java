package dev.towline.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Keeps parsed and validated documents by their text. Faulty ones are not kept: nobody sends them twice on purpose, and whoever sends
 * rubbish cannot push the good ones out. Thread-safe.
 */
@Component
class DocumentCache implements PreparsedDocumentProvider {

    private static final String REQUESTS = "towline.documents.requests";

    private final Cache<String, PreparsedDocumentEntry> documents;
    private final Counter hits;
    private final Counter misses;

    DocumentCache(DocumentSettings settings, MeterRegistry meters) {
        this.documents = Caffeine.newBuilder()
                .maximumWeight(settings.maxCharacters())
                .weigher((String text, PreparsedDocumentEntry entry) -> text.length())
                .build();
        this.hits = requests(meters, "hit");
        this.misses = requests(meters, "miss");
        Gauge.builder("towline.documents.kept", documents, Cache::estimatedSize)
                .description("documents that are kept parsed and validated")
                .register(meters);
    }

    private static Counter requests(MeterRegistry meters, String result) {
        return Counter.builder(REQUESTS)
                .description("documents that were asked for, parsed already or not")
                .tag("result", result)
                .register(meters);
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        PreparsedDocumentEntry known = documents.getIfPresent(input.getQuery());
        if (known != null) {
            hits.increment();
            return CompletableFuture.completedFuture(known);
        }
        misses.increment();
        PreparsedDocumentEntry parsed = parseAndValidate.apply(input);
        if (!parsed.hasErrors()) {
            documents.put(input.getQuery(), parsed);
        }
        return CompletableFuture.completedFuture(parsed);
    }
}
