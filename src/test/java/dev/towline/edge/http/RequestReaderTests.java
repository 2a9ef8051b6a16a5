package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.SomeDocuments;
import dev.towline.edge.error.Refusal;
import dev.towline.problem.Unavailable;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.GraphQlRequest;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.databind.json.JsonMapper;

class RequestReaderTests {

    private static final String BODY = "{\"query\":\"{ __typename }\"}";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Instant now = Instant.EPOCH;
    private final BodyBudget budget = new BodyBudget(BodyBudget.FREE_BYTES);
    private final RequestReader reader = new RequestReader(
            new HttpSettings(DataSize.ofKilobytes(64), TIMEOUT, Duration.ofSeconds(1), DataSize.ofKilobytes(64)),
            JsonMapper.shared(),
            SomeDocuments.unknown(),
            () -> now,
            budget);

    @Test
    void readsABodyThatComesInPieces() {
        assertThat(read(dripping(TIMEOUT.dividedBy(BODY.length() + 1))).getDocument())
                .isEqualTo("{ __typename }");
    }

    @Test
    void doesNotReadForLongerThanABodyMayTake() {
        Duration between = TIMEOUT.dividedBy(BODY.length() / 2);
        assertThatThrownBy(() -> read(dripping(between)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        late -> assertThat(late.error().getExtensions())
                                .containsEntry("limit", "bodyTimeout")
                                .containsEntry("allowed", 30_000L))
                .hasMessageContaining("within 30000 ms");
        assertThat(now)
                .as("when it gave up")
                .isBefore(Instant.EPOCH.plus(TIMEOUT).plus(between.multipliedBy(2)));
    }

    @Test
    void readsNoMoreThanThereIsRoomForAllBodiesTogether() {
        BodyBudget.Share another = budget.share();
        another.add(BodyBudget.FREE_BYTES + 1000);

        assertThatThrownBy(() -> read(post(" ".repeat(2 * BodyBudget.FREE_BYTES) + BODY)))
                .isInstanceOf(Unavailable.class);
        assertThat(read(post(BODY)).getDocument()).as("a short one").isEqualTo("{ __typename }");
        another.close();
        assertThat(budget.left()).as("all is given back").isEqualTo(BodyBudget.FREE_BYTES);
        assertThat(read(post(" ".repeat(BodyBudget.FREE_BYTES) + BODY)).getDocument())
                .isEqualTo("{ __typename }");
        assertThat(budget.left()).as("all is given back").isEqualTo(BodyBudget.FREE_BYTES);
    }

    @Test
    void keepsOfTheExtensionsOnlyWhatIsUsed() {
        String hash = "0".repeat(64);
        assertThat(read(post("{\"query\":\"{ __typename }\",\"extensions\":{\"x\":[{},{}]}}"))
                        .getExtensions())
                .isEmpty();
        assertThatThrownBy(() -> read(post("{\"query\":\"{ a }\",\"extensions\":{\"persistedQuery\":"
                        + "{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}}")))
                .as("the hash is still read")
                .isInstanceOf(Refusal.class);
    }

    private GraphQlRequest read(ServerRequest request) {
        try (RequestReader.Received received = reader.receive(request)) {
            return received.parse();
        }
    }

    private static ServerRequest post(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/graphql");
        request.setContentType("application/json");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return ServerRequest.create(request, List.of());
    }

    @Test
    void refusesAParameterThatIsGivenTwice() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/graphql");
        request.addParameter("query", "{ __typename }", "{ x }");
        assertThatThrownBy(() -> read(ServerRequest.create(request, List.of())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("`query` must be given once");
    }

    /** A request whose body comes byte by byte, with so much time between two. */
    private ServerRequest dripping(Duration between) {
        InputStream body = new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8));
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/graphql") {
            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(body) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        now = now.plus(between);
                        return body.read(bytes, offset, 1);
                    }
                };
            }
        };
        request.setContentType("application/json");
        return ServerRequest.create(request, List.of());
    }
}
