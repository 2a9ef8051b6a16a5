package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.edge.SocketClient;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The embedded stack takes nobody for a local viewer who may come from elsewhere, over every transport. */
@RunsTowline
@ExtendWith(OutputCaptureExtension.class)
class ForeignRequestsIT {

    private static final String BODY = "{\"query\":\"{listIncidents{edges{cursor}}}\"}";
    private static final String READ = "/graphql?query=%7BlistIncidents%7Bedges%7Bcursor%7D%7D%7D";

    @LocalServerPort
    private int port;

    /** Of each: what the browser tab of another host, a tunnel, or a proxy on this machine sends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | Host: localhost:8080",
                "true  | Host: 127.0.0.1",
                "true  | Host: localhost:8080\\Origin: http://localhost:8080",
                "true  | Host: localhost:8080\\Origin: http://localhost:5173",
                "false | Host: rebound.example:8080",
                "false | Host: rebound.example:8080\\Origin: http://rebound.example:8080",
                "false | Host: rebound.example:8080\\X-Towline-Local-Role: OPERATOR",
                "false | Host: tunnel.example\\X-Forwarded-For: 192.0.2.7\\X-Forwarded-Proto: https",
                "false | Host: localhost\\X-Forwarded-For: 192.0.2.7",
                "false | Host: localhost\\X-Forwarded-For: 192.0.2.7, 127.0.0.1",
                "false | Host: localhost\\X-Forwarded-For: 127.0.0.1, 192.0.2.7",
                "false | Host: localhost\\X-Forwarded-Host: tunnel.example",
                "false | Host: tunnel.example\\X-Forwarded-Host: localhost",
                "false | Host: localhost\\Forwarded: for=192.0.2.7"
            })
    void areNobody(boolean isLocal, String given) throws IOException {
        String headers = given.replace("\\", "\r\n") + "\r\nConnection: close\r\n";
        Reply get = RawHttp.exactly(port, "GET " + READ + " HTTP/1.1\r\n" + headers + "\r\n");
        Reply stream =
                RawHttp.exactly(port, "GET " + READ + " HTTP/1.1\r\nAccept: text/event-stream\r\n" + headers + "\r\n");
        Reply post = RawHttp.exactly(
                port,
                "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n"
                        + headers + "\r\n" + BODY);
        for (Reply reply : new Reply[] {get, stream, post}) {
            assertThat(reply.body())
                    .contains(isLocal ? "{\"data\":{\"listIncidents\":" : "\"code\":\"UNAUTHENTICATED\"")
                    .doesNotContain(isLocal ? "errors" : "edges");
        }
    }

    /** A token is as good as the local headers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | Host: localhost:8080",
                "200 | Host: localhost:8080\\Origin: http://localhost:8080",
                "403 | Host: rebound.example:8080",
                "403 | Host: rebound.example:8080\\Origin: http://rebound.example:8080",
                "403 | Host: localhost:8080\\Origin: https://app.example",
                "403 | Host: localhost\\X-Forwarded-For: 192.0.2.7"
            })
    void getNoToken(int status, String given) throws IOException {
        Reply reply = RawHttp.exactly(
                port,
                "POST /local/token HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection:"
                        + " close\r\n" + given.replace("\\", "\r\n") + "\r\n\r\n{}");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().contains("token\":")).isEqualTo(status == 200);
    }

    /** What a page of another host can put into {@code connection_init} does not replace what its browser says. */
    @Test
    void areNobodyOverAWebSocket() {
        try (SocketClient proxied = SocketClient.having(port, "X-Forwarded-For", "192.0.2.7")) {
            proxied.says("{'type':'connection_init','payload':{'Host':'localhost','X-Forwarded-For':'127.0.0.1',"
                    + "'X-Towline-Local-Tenant':'t-" + UUID.randomUUID() + "'}}");
            assertThat(proxied.closed().code()).isEqualTo(4401);
        }
        try (SocketClient page = SocketClient.having(port, "Origin", "http://localhost:5173")) {
            page.introduced();
        }
    }

    @Test
    void areWrittenDown(CapturedOutput output) throws IOException, InterruptedException {
        // the line of an earlier refusal
        Thread.sleep(Duration.ofMillis(1100));
        RawHttp.exactly(
                port,
                "GET " + READ
                        + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n");
        String board = "/graphql?query=subscription%7BonDispatchChanged%7Bkind%7D%7D";
        String guest = "X-Towline-Local-Role: GUEST\r\nX-Towline-Local-Subject: gast";
        RawHttp.send(port, "GET " + board + " HTTP/1.1\r\nAccept: text/event-stream\r\n" + guest, "");
        assertThat(output.getOut().replace("\\\"", "\""))
                .containsPattern("action=authenticate object=\"-\" result=\"refused: UNAUTHENTICATED\" role=- subject=-"
                        + " tenant=- address=192.0.2.7")
                .contains("action=onDispatchChanged object=\"-\" result=\"refused: FORBIDDEN\" role=GUEST"
                        + " subject=\"gast\" tenant=local address=127.0.0.1");
    }
}
