package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.SomeDocuments;
import dev.towline.edge.error.LimitMetrics;
import dev.towline.edge.error.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.databind.json.JsonMapper;

/** A late request body. Tomcat has a short timeout and the configuration of the service, but only one servlet, which reads the request. */
class LateBodyIT {

    private final Tomcat tomcat = new Tomcat();

    @BeforeEach
    void start(@TempDir Path folder) throws LifecycleException {
        JsonMapper json = new JsonMapper();
        RequestReader reader = new RequestReader(
                new HttpSettings(
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(12),
                        DataSize.ofKilobytes(64)),
                json,
                SomeDocuments.unknown(),
                InstantSource.system(),
                new BodyBudget(1 << 20));
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("connectionTimeout", "300");
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "graphql", new Reading(reader)).addMapping("/");
        TomcatConfiguration.answeringWith(
                        new ErrorReport(json, "/graphql", new LimitMetrics(new SimpleMeterRegistry())))
                .customize(context);
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\n{"})
    void rejectsALateBody(String rest) throws IOException {
        Reply reply = RawHttp.exactly(
                tomcat.getConnector().getLocalPort(),
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + rest);

        assertThat(reply.status()).as("%s", reply).isEqualTo(408);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(reply.code()).isEqualTo("BAD_INPUT");
        assertThat(reply.body()).contains("\"limit\":\"connectionTimeout\",\"allowed\":300");
    }

    private static final class Reading extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient RequestReader reader;

        Reading(RequestReader reader) {
            this.reader = reader;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            try (RequestReader.Received received = reader.receive(ServerRequest.create(request, List.of()))) {
                received.parse();
            } catch (Refusal refusal) {
                // As in the service, Tomcat has answered already.
                response.setContentLength(1);
            }
        }
    }
}
