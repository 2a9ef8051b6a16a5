package dev.towline.edge.answer;

import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.rate.RateReport;
import dev.towline.problem.RateLimited;
import dev.towline.rate.Rates;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Looks at each request first. It answers from memory what {@link AnswerMemory} knows if the request has one of the {@link KnownHeads}, and
 * sends everything else on, through the filters. What it does itself never waits: it takes only bodies that have arrived. Thread-safe.
 */
public final class FirstLook extends ValveBase {

    /** The attribute of a request with what was read of its body here. */
    private static final String BODY = FirstLook.class.getName() + ".body";

    private final String path;
    private final AnswerMemory memory;
    private final Rates rates;

    /** @param path the path of GraphQL */
    FirstLook(String path, AnswerMemory memory, Rates rates) {
        super(true);
        this.path = path;
        this.memory = memory;
        this.rates = rates;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // Tomcat sends what it has refused along here, too.
        boolean isRefused = response.getStatus() >= HttpStatus.BAD_REQUEST.value();
        if (isRefused || !path.equals(request.getDecodedRequestURI()) || !isAnswered(request, response)) {
            getNext().invoke(request, response);
        }
    }

    private boolean isAnswered(Request request, Response response) throws IOException {
        HttpMethod method = HttpMethod.valueOf(request.getMethod());
        boolean isPost = method.equals(HttpMethod.POST);
        if (!isPost && !method.equals(HttpMethod.GET)) {
            return false;
        }
        RequestHead head = RequestHead.of(request);
        request.setAttribute(RequestHead.class.getName(), head);
        KnownHeads.Known known = memory.heads().get(head);
        if (known == null) {
            return false;
        }
        byte[] bytes = isPost ? body(request) : query(request);
        return bytes != null && isAnswered(request, response, method, known, bytes);
    }

    private boolean isAnswered(
            Request request, Response response, HttpMethod method, KnownHeads.Known known, byte[] bytes)
            throws IOException {
        HitObservation.Started started = memory.observation().start(request, response);
        Map<String, Object> attributes = new HashMap<>();
        InetSocketAddress address = new InetSocketAddress(request.getRemoteHost(), request.getRemotePort());
        AnswerMemory.Asking asking =
                memory.asking(new Arrival(method, known.form(), known.headers(), address, attributes), true);
        if (!asking.isKnown(bytes)) {
            return false;
        }
        RateReport report = RateReport.begunIn(attributes, () -> rates.ofAddress(address));
        WholeAnswer answer = admitted(report) ? asking.answer() : null;
        if (answer == null) {
            attributes.forEach(request::setAttribute);
            return false;
        }
        response.setContentType(known.contentType());
        known.answerHeaders().forEach(header -> header.addTo(response));
        report.applyTo(response::setHeader);
        if (method.equals(HttpMethod.GET)) {
            response.setHeader(HttpHeaders.ETAG, answer.tag());
        }
        answer.content().write(known.coding(), response);
        started.stop(asking.question());
        return true;
    }

    private static boolean admitted(RateReport report) {
        try {
            report.require();
            return true;
        } catch (RateLimited _) {
            return false; // it is refused where all are
        }
    }

    private static byte[] query(Request request) {
        String query = request.getQueryString();
        return query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8);
    }

    /** The body, null if it has not arrived, or has so many bytes that it needs a share of the budget. */
    private static byte @Nullable [] body(Request request) throws IOException {
        int length = request.getContentLength();
        if (length < 0 || length > BodyBudget.FREE_BYTES) {
            return null;
        }
        byte[] body = new byte[length];
        int count = 0;
        while (count < length && hasArrived(request.getCoyoteRequest())) {
            count += request.getInputStream().read(body, count, length - count);
        }
        boolean isWhole = count == length;
        request.setAttribute(BODY, isWhole ? body : Arrays.copyOf(body, count));
        return isWhole ? body : null;
    }

    /** Whether more of the body can be read at once. It looks for another packet, in which many clients send the body. */
    private static boolean hasArrived(org.apache.coyote.Request request) {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }

    /** What was read of the body of a request here, at most {@link BodyBudget#FREE_BYTES}. The rest is still in its stream. */
    public static byte[] begunBody(Map<String, Object> attributes) {
        return attributes.get(BODY) instanceof byte[] begun ? begun : new byte[0];
    }
}
