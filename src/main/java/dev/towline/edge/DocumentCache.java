package dev.towline.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.edge.scalar.WellFormed;
import graphql.AssertException;
import graphql.ExecutionInput;
import graphql.InvalidSyntaxError;
import graphql.ParseAndValidate;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.validation.OperationValidationRule;
import graphql.validation.ValidationError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * A cache of parsed and validated documents by their text. Invalid documents are not stored, so that they cannot evict valid ones.
 * Thread-safe.
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
                .description("parsed and validated documents in the cache")
                .register(meters);
    }

    private static Counter requests(MeterRegistry meters, String result) {
        return Counter.builder(REQUESTS)
                .description("lookups of parsed documents")
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
        PreparsedDocumentEntry parsed = parsed(input, parseAndValidate);
        if (!parsed.hasErrors()) {
            documents.put(input.getQuery(), parsed);
        }
        return CompletableFuture.completedFuture(parsed);
    }

    private static PreparsedDocumentEntry parsed(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        if (!WellFormed.is(input.getQuery())) {
            return new PreparsedDocumentEntry(new InvalidSyntaxError(List.of(), "The document " + WellFormed.EXPECTED));
        }
        Predicate<OperationValidationRule> rules = DocumentRules::isApplied;
        IntrospectionLimits.replace(input.getGraphQLContext());
        input.getGraphQLContext().put(ParseAndValidate.INTERNAL_VALIDATION_PREDICATE_HINT, rules);
        PreparsedDocumentEntry parsed;
        try {
            parsed = parseAndValidate.apply(input);
        } catch (NumberFormatException | AssertException failure) {
            if (canBeParsed(input.getQuery())) {
                throw failure;
            }
            // graphql-java throws these for an escape sequence with too many digits.
            return new PreparsedDocumentEntry(new InvalidSyntaxError(
                    List.of(), "A string contains an escape sequence that is not a Unicode character."));
        }
        Document document = parsed.getDocument();
        List<ValidationError> errors = document == null ? List.of() : DocumentRules.check(document);
        return errors.isEmpty() ? parsed : new PreparsedDocumentEntry(errors);
    }

    private static boolean canBeParsed(String document) {
        try {
            Parser.parse(document);
            return true;
        } catch (RuntimeException failure) {
            return false;
        }
    }
}
