package dev.towline.edge.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTests {

    private static final Connector CONNECTOR = new Connector();

    @Test
    void isTheSameForTheSameHeaders() {
        assertThat(head(_ -> {}))
                .isEqualTo(head(_ -> {}))
                .hasSameHashCodeAs(head(_ -> {}))
                .isEqualByComparingTo(head(_ -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length", "traceparent", "Tracestate", "X-Amzn-Trace-Id"})
    void leavesOutWhatDiffersFromRequestToRequest(String name) {
        assertThat(head(request -> add(request, name, "1"))).isEqualTo(head(_ -> {}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"origin", "authorization", "cookie", "x-forwarded-for", "b3", "accept", "content-lengt", "x"})
    void differsByEachOtherHeader(String name) {
        RequestHead one = head(request -> add(request, name, "1"));

        assertThat(one).isNotEqualTo(head(_ -> {})).isNotEqualTo(head(request -> add(request, name, "2")));
        assertThat(one.compareTo(head(_ -> {}))).isNotZero();
    }

    @Test
    void differsByWhereARequestWasSent() {
        RequestHead plain = head(_ -> {});

        assertThat(head(request -> request.getCoyoteRequest().setMethod("GET"))).isNotEqualTo(plain);
        assertThat(head(request -> request.setSecure(true)))
                .as("the scheme decides")
                .isEqualTo(plain);
        assertThat(head(request -> request.getCoyoteRequest().scheme().setString("https")))
                .isNotEqualTo(plain);
        assertThat(head(request -> request.getCoyoteRequest().serverName().setString("elsewhere")))
                .isNotEqualTo(plain);
        assertThat(head(request -> request.getCoyoteRequest().setServerPort(444)))
                .isNotEqualTo(plain);
    }

    @Test
    void isTheSameHoweverTomcatHasTheHeader() {
        assertThat(head(request -> request.getCoyoteRequest()
                        .getMimeHeaders()
                        .addValue("accept")
                        .setString("text/html")))
                .isEqualTo(head(request -> add(request, "accept", "text/html")));
    }

    private static RequestHead head(Consumer<Request> change) {
        org.apache.coyote.Request received = new org.apache.coyote.Request();
        received.setMethod("POST");
        received.scheme().setString("http");
        received.serverName().setString("towline.example");
        received.setServerPort(443);
        Request request = new Request(CONNECTOR, received);
        add(request, "host", "towline.example");
        change.accept(request);
        add(request, "content-type", "application/json");
        return RequestHead.of(request);
    }

    private static void add(Request request, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        request.getCoyoteRequest().getMimeHeaders().addValue(name).setBytes(bytes, 0, bytes.length);
    }
}
