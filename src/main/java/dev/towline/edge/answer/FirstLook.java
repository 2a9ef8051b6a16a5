package dev.towline.edge.answer;

import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.rate.RateReport;
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
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Looks at each request first. It answers from memory what {@link AnswerMemory} knows if the request has one of the {@link KnownHeads}, and
 * sends everything else on, through the filters. It does not wait for a body. Thread-safe.
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
        if (isRefused || !path.equals(request.getRequestURI()) || !isAnswered(request, response)) {
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
        Map<String, Object> attributes = new HashMap<>();
        InetSocketAddress address = new InetSocketAddress(request.getRemoteHost(), request.getRemotePort());
        AnswerMemory.Asking asking =
                memory.asking(new Arrival(method, known.form(), known.headers(), address, attributes), true);
        if (!asking.isKnown(bytes)) {
            return false;
        }
        HitObservation.Started started = memory.observation().start(request, response);
        WholeAnswer answer = find(asking, known, address, attributes);
        if (answer == null) {
            attributes.forEach(request::setAttribute);
            return false;
        }
        try {
            response.setContentType(known.contentType());
            MimeHeaders headers = response.getCoyoteResponse().getMimeHeaders();
            known.answerHeaders().forEach(header -> header.addTo(headers));
            RateReport.of(attributes).applyTo(response::setHeader);
            if (method.equals(HttpMethod.GET)) {
                response.setHeader(HttpHeaders.ETAG, answer.tag());
            }
            answer.content().write(known.coding(), response);
        } finally {
            started.stop(asking.question());
        }
        return true;
    }

    /** The answer, null if it must be executed or refused, which is done where there are the means for every failure. */
    private @Nullable WholeAnswer find(
            AnswerMemory.Asking asking,
            KnownHeads.Known known,
            InetSocketAddress address,
            Map<String, Object> attributes) {
        try {
            RateReport.begunIn(attributes, () -> rates.ofAddress(address)).require();
            WholeAnswer answer = asking.answer();
            if (answer != null) {
                // made now if it is the first time, and not when the headers are set
                answer.content().bytes(known.coding());
            }
            return answer;
        } catch (IOException | RuntimeException _) {
            return null;
        }
    }

    private static byte[] query(Request request) {
        String query = request.getQueryString();
        return query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8);
    }

    /** The body, null if it has not arrived, or has so many bytes that it needs a share of the budget. */
    private static byte @Nullable [] body(Request request) {
        int length = request.getContentLength();
        if (length < 0 || length > BodyBudget.FREE_BYTES) {
            return null;
        }
        byte[] body = new byte[length];
        int count = 0;
        try {
            while (count < length && hasArrived(request.getCoyoteRequest())) {
                int more = request.getInputStream().read(body, count, length - count);
                if (more < 0) {
                    break;
                }
                count += more;
            }
        } catch (IOException _) {
            // The client has gone, or only its sending side. Whoever reads the rest meets it again, and answers.
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
