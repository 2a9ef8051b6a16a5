package dev.towline.edge.answer;

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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.GraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Answers requests from {@link Answers}, before they are parsed if the same bytes came before. Rates, credentials and cost count as for a
 * request that is executed. Thread-safe.
 */
@Component
public final class AnswerMemory {

    private static final String REPORT = "X-Towline-Cache-Report";
    private static final String SEEN = "X-Towline-Seen";

    /** The attribute of a request whose answer was looked up. */
    private static final String LOOKED_UP = AnswerMemory.class.getName() + ".lookedUp";

    private final Answers<WholeAnswer> answers;
    private final Admissions admissions;
    private final KnownHeads heads;
    private final HitObservation observation;

    AnswerMemory(
            AnswerSettings settings,
            Admissions admissions,
            InstantSource clock,
            CacheMetrics metrics,
            MeterRegistry meters,
            HitObservation observation) {
        this.heads = new KnownHeads(settings.headBytes(), metrics);
        this.observation = observation;
        this.answers = new Answers<>(settings, WholeAnswer::heapBytes, clock, metrics, meters);
        this.admissions = admissions;
    }

    /**
     * A request, which may be answered from memory.
     *
     * @param isWhole whether the client prefers an answer in one piece
     */
    public Asking asking(Arrival arrival, boolean isWhole) {
        return new Asking(arrival, isWhole);
    }

    /** Whether answers are remembered at all. */
    boolean isEnabled() {
        return answers.isEnabled();
    }

    KnownHeads heads() {
        return heads;
    }

    HitObservation observation() {
        return observation;
    }

    /** One request, for one thread. */
    public final class Asking {

        private final Arrival arrival;

        /** A stream is not remembered, and what a client has seen is about this request only. */
        private final boolean isPossible;

        /** The request asks for a cache report, so it must be executed. */
        private final boolean wantsReport;

        private @Nullable RequestBytes bytes;
        private @Nullable Question question;
        private @Nullable Viewer viewer;
        private @Nullable Provenance provenance;

        private Asking(Arrival arrival, boolean isWhole) {
            HttpMethod method = arrival.method();
            HttpHeaders headers = arrival.headers();
            this.arrival = arrival;
            this.isPossible = answers.isEnabled()
                    && (method.equals(HttpMethod.POST) || method.equals(HttpMethod.GET))
                    && isWhole
                    && !headers.containsHeader(SEEN);
            this.wantsReport = headers.containsHeader(REPORT);
        }

        /** Whether a request with these bytes was answered before. If not, it must be parsed. */
        public boolean isKnown(byte[] received) {
            if (isPossible) {
                bytes = new RequestBytes(received, arrival.method().name() + ' ' + arrival.form());
                question = answers.question(bytes);
            }
            return question != null;
        }

        /** The answer to a request that {@linkplain #isKnown is known}, null if it must be executed. */
        public @Nullable WholeAnswer answer() {
            return find(Objects.requireNonNull(question));
        }

        /** The answer to a parsed request that is not {@linkplain #isKnown known}, null if it must be executed. */
        public @Nullable WholeAnswer answer(GraphQlRequest parsed) {
            if (!isPossible) {
                return null;
            }
            question = new Question(
                    parsed.getDocument(), parsed.getOperationName(), parsed.getVariables(), arrival.form());
            return find(question);
        }

        /** Records that a request which has passed all filters is answered from memory. */
        public void record() {
            observation.record(question());
        }

        /**
         * Remembers the head of a request that has passed all filters, so that the next one with the same head need not pass them.
         *
         * @param response the answer from memory, which has its headers, but is not sent yet
         */
        public void learn(HttpServletRequest request, HttpServletResponse response) {
            if (request.getAttribute(RequestHead.class.getName()) instanceof RequestHead head
                    && request.getHeader(HttpHeaders.IF_NONE_MATCH) == null) {
                heads.learn(head, arrival, request, response);
            }
        }

        /** What the request asks for. */
        Question question() {
            return Objects.requireNonNull(question);
        }

        private @Nullable WholeAnswer find(Question asked) {
            Admission admission;
            try {
                admission = admissions.once(arrival.headers(), arrival.remoteAddress(), arrival.attributes());
            } catch (Problem _) {
                return null; // The execution meets it again.
            }
            viewer = admission.authentication().viewer();
            if (arrival.attributes().put(LOOKED_UP, true) != null) {
                return null; // looked up before the filters, and counted
            }
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
            return known.content();
        }

        /** What the execution needs in its context. */
        public Map<Object, Object> context() {
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
        public void executed(WebGraphQlResponse response, WholeAnswer answer) {
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
