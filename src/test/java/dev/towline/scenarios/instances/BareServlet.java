package dev.towline.scenarios.instances;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * The least that Tomcat can do with a request whose answer it has: it reads the body, hashes it, looks the answer up and writes it, on a platform
 * thread. Prints its port, and runs until it is killed. {@link ReadsScenarios} measures it beside the service.
 */
final class BareServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int ANSWER_BYTES = 600;
    private static final byte[] STORED =
            "{\"data\":{\"stored\":\"%s\"}}".formatted("x".repeat(ANSWER_BYTES)).getBytes(StandardCharsets.US_ASCII);

    private final transient ConcurrentMap<ByteBuffer, byte[]> answers = new ConcurrentHashMap<>();

    public static void main(String[] args) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // it is compared while connections stay open
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "answers", new BareServlet()).addMapping("/graphql");
        tomcat.start();
        System.out.println("port " + tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        byte[] answer = answers.computeIfAbsent(ByteBuffer.wrap(hash(body)), _ -> STORED);
        response.setContentType("application/graphql-response+json");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }

    private static byte[] hash(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
