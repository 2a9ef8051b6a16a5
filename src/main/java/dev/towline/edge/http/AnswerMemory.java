package dev.towline.edge.http;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.Provenance;
import dev.towline.cache.Tier;
import dev.towline.cache.answer.AnswerSettings;
import dev.towline.cache.answer.Answers;
import dev.towline.cache.answer.Question;
import dev.towline.cache.answer.RequestBytes;
import dev.towline.cache.answer.StoredAnswer;
import dev.towline.edge.Admission;
import dev.towline.edge.Admissions;
import dev.towline.edge.limit.RequestCost;
import dev.towline.problem.Problem;
import dev.towline.problem.RateLimited;
import dev.towline.viewer.Viewer;
import graphql.GraphQLContext;
import graphql.language.OperationDefinition.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.GraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Answers requests from {@link Answers}, before they are parsed if the same bytes came before. Rates, credentials and cost count as for a
 * request that is executed. Thread-safe.
 */
@Component
class AnswerMemory {

    private static final String REPORT = "X-Towline-Cache-Report";
    private static final String SEEN = "X-Towline-Seen";

    private final Answers<WholeAnswer> answers;
    private final Admissions admissions;
    private final HitObservation observation;

    AnswerMemory(
            AnswerSettings settings,
            Admissions admissions,
            InstantSource clock,
            CacheMetrics metrics,
            MeterRegistry meters,
            ObservationRegistry observations) {
        this.answers = new Answers<>(settings, WholeAnswer::heapBytes, clock, metrics, meters);
        this.admissions = admissions;
        this.observation = new HitObservation(observations);
    }

    /** A request, which may be answered from memory. */
    Asking asking(ServerRequest request, Accept accept) {
        return new Asking(request, accept);
    }

    /** One request, for one thread. */
    final class Asking {

        private final ServerRequest request;
        private final String form;

        /** A stream is not remembered, and what a client has seen is about this request only. */
        private final boolean isPossible;

        /** The request asks for a cache report, so it must be executed. */
        private final boolean wantsReport;

        private @Nullable RequestBytes bytes;
        private @Nullable Question question;
        private @Nullable Viewer viewer;
        private @Nullable Provenance provenance;

        private Asking(ServerRequest request, Accept accept) {
            HttpMethod method = request.method();
            HttpHeaders headers = request.headers().asHttpHeaders();
            this.request = request;
            this.form = accept.wholeOrJson().toString();
            this.isPossible = answers.isEnabled()
                    && (method.equals(HttpMethod.POST) || method.equals(HttpMethod.GET))
                    && !accept.streamFirst()
                    && !headers.containsHeader(SEEN);
            this.wantsReport = headers.containsHeader(REPORT);
        }

        /** The answer to a request with these bytes, null if it must be parsed. */
        @Nullable
        WholeAnswer of(byte[] received) {
            if (!isPossible) {
                return null;
            }
            bytes = new RequestBytes(received, request.method() + " " + form);
            question = answers.question(bytes);
            return question == null ? null : find(question);
        }

        /** The answer to a parsed request, null if it must be executed. Call it after {@link #of(byte[])}. */
        @Nullable
        WholeAnswer of(GraphQlRequest parsed) {
            if (!isPossible || question != null) {
                return null;
            }
            question = new Question(parsed.getDocument(), parsed.getOperationName(), parsed.getVariables(), form);
            return find(question);
        }

        private @Nullable WholeAnswer find(Question asked) {
            Admission admission;
            try {
                admission = admissions.once(
                        request.headers().asHttpHeaders(),
                        request.remoteAddress().orElse(null),
                        request.attributes());
            } catch (Problem _) {
                return null; // The execution meets it again.
            }
            viewer = admission.authentication().viewer();
            StoredAnswer<WholeAnswer> known =
                    wantsReport ? null : answers.find(asked, viewer).orElse(null);
            if (known == null) {
                return null;
            }
            try {
                admission.charge().charge(known.cost());
            } catch (RateLimited _) {
                return null; // So is the execution.
            }
            if (bytes != null) {
                answers.learn(bytes, known);
            }
            observation.record(asked);
            return known.content();
        }

        /** What the execution needs in its context. */
        Map<Object, Object> context() {
            if (question == null || viewer == null) {
                return Map.of();
            }
            if (wantsReport) {
                return answers.has(question, viewer) ? Map.of(Tier.ANSWER, true) : Map.of();
            }
            if (answers.isAskedAgain(question, viewer)) {
                provenance = new Provenance();
                return Map.of(Provenance.class, provenance);
            }
            return Map.of();
        }

        /** Remembers the answer of the execution, if it is worth it and can be. */
        void executed(WebGraphQlResponse response, WholeAnswer answer) {
            GraphQLContext context = response.getExecutionInput().getGraphQLContext();
            RequestCost cost = context.get(RequestCost.class);
            if (provenance != null
                    && bytes != null
                    && question != null
                    && viewer != null
                    && cost != null
                    && context.get(Operation.class) == Operation.QUERY
                    && response.getExecutionResult().getErrors().isEmpty()
                    && response.getResponseHeaders().isEmpty()) {
                answers.keep(bytes, question, viewer, provenance, answer, cost.requested());
            }
        }
    }
}
