package dev.towline.edge;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.edge.rate.CostCharge;
import dev.towline.edge.rate.RateReport;
import dev.towline.problem.BadInput;
import dev.towline.problem.Problem;
import dev.towline.problem.Unauthenticated;
import dev.towline.rate.Rates;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Authenticator;
import dev.towline.viewer.Credentials;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Authenticates the viewer of a request and counts the request. Thread-safe. May block, but not for credentials that are known. */
@Component
public class Admissions {

    /** The attribute of a request with its admission, or with the problem that it met. */
    private static final String ATTRIBUTE = Admission.class.getName();

    /** The action in the audit log. */
    private static final String ACTION = "authenticate";

    private final Authenticator authenticator;
    private final AuditLog audit;
    private final Rates rates;

    Admissions(Authenticator authenticator, AuditLog audit, Rates rates) {
        this.authenticator = authenticator;
        this.audit = audit;
        this.rates = rates;
    }

    /**
     * Admits an HTTP request, and remembers the result in its attributes, so that it is not checked and counted twice.
     *
     * @throws Problem if the credentials are refused, or the viewer sends too much
     */
    public Admission once(
            HttpHeaders headers, @Nullable InetSocketAddress remoteAddress, Map<String, Object> attributes) {
        try {
            Admission admission = of(headers, remoteAddress, attributes);
            attributes.put(ATTRIBUTE, admission);
            return admission;
        } catch (Problem problem) {
            attributes.put(ATTRIBUTE, problem);
            throw problem;
        }
    }

    /**
     * The admission of an HTTP request.
     *
     * @throws Problem if the credentials are refused, or the viewer sends too much
     */
    Admission of(HttpHeaders headers, @Nullable InetSocketAddress remoteAddress, Map<String, Object> attributes) {
        return switch (attributes.get(ATTRIBUTE)) {
            case Admission known -> known;
            case Problem met -> throw met;
            case null, default -> {
                Rates.Attempt attempt = rates.attempt(remoteAddress);
                Authentication authentication =
                        authenticate(credentials(headers, Map.of(), remoteAddress, attempt), attempt);
                // The transport has counted the address before it read the request.
                yield admitted(authentication, RateReport.of(attributes));
            }
        };
    }

    /**
     * The admission of an operation over a WebSocket, which was authenticated before.
     *
     * @throws Problem if the viewer sends too much
     */
    Admission of(Authentication authentication) {
        return admitted(authentication, new RateReport());
    }

    private Admission admitted(Authentication authentication, RateReport report) {
        return new Admission(authentication, report, CostCharge.begin(rates, authentication.viewer(), report));
    }

    /**
     * Checks credentials.
     *
     * @throws Problem if they are refused
     */
    Authentication authenticate(Credentials credentials, Rates.Attempt attempt) {
        try {
            return authenticator.authenticate(credentials);
        } catch (Problem problem) {
            if (problem instanceof Unauthenticated) {
                attempt.refused();
            }
            audit.refused(
                    Actor.of(null, credentials.remoteAddress()),
                    ACTION,
                    problem.code().name());
            throw problem;
        }
    }

    /** The credentials in headers, or in the payload of {@code connection_init}, which come first. */
    static Credentials credentials(
            HttpHeaders headers,
            Map<String, Object> payload,
            @Nullable InetSocketAddress remoteAddress,
            Rates.Attempt attempt) {
        return new Credentials(
                name -> {
                    String entry = fromPayload(payload, name);
                    return entry == null ? Credentials.combined(headers.getOrEmpty(name)) : entry;
                },
                name -> Credentials.combined(headers.getOrEmpty(name)),
                remoteAddress,
                attempt::requireMayTry);
    }

    /** Finds a credential in the payload. Null counts as absent, because many clients send null for a credential that they do not have. */
    private static @Nullable String fromPayload(Map<String, ? extends @Nullable Object> payload, String name) {
        List<String> values = new ArrayList<>();
        payload.forEach((key, value) -> {
            if (key.equalsIgnoreCase(name) && value != null) {
                values.add(text(name, value));
            }
        });
        return Credentials.combined(values);
    }

    /** @throws BadInput if the value is not a text */
    static String text(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new BadInput(name, "must be a string.");
    }
}
