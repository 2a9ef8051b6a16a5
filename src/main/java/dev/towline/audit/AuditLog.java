package dev.towline.audit;

import dev.towline.viewer.Viewer;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: one line for each act, and at most one line each second for each kind of refusal. All lines have one form:
 *
 * <pre>action=cancelIncident object="i-17" result="cancelled" role=DISPATCHER subject="ann" tenant=acme address=192.0.2.7</pre>
 *
 * <p>No text that is passed to it may have a token, a key, a secret, a phone number, a description or a position. Thread-safe.
 */
public final class AuditLog {

    /** The name of the logger. */
    public static final String LOGGER = "dev.towline.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    /** The maximum length of each text in a line. */
    private static final int MOST_CHARACTERS = 300;

    private static final String NONE = "-";

    private final Repeats<Refused> refusals;

    private record Refused(String action, String reason) {}

    public AuditLog(InstantSource clock) {
        this.refusals = new Repeats<>(clock);
    }

    /**
     * Logs an act.
     *
     * @param action the act by its name in the schema, such as {@code cancelIncident}
     * @param object what it changed, such as the id of an incident
     * @param result what came of it
     */
    public void done(Actor actor, String action, String object, String result) {
        LOG.info("action={} object={} result={} {}", action, quoted(object), quoted(result), described(actor));
    }

    /**
     * Logs a refusal, or counts it if the same action was refused for the same reason within the last second.
     *
     * @param action what was refused, such as {@code authenticate} or the name of a mutation
     * @param reason why. A constant of the code: each is remembered
     */
    public void refused(Actor actor, String action, String reason) {
        refused(actor, action, NONE, reason);
    }

    /**
     * The same about one object.
     *
     * @param object what the request was about, as far as it is known
     */
    public void refused(Actor actor, String action, String object, String reason) {
        String more = refusals.count(new Refused(action, reason));
        if (more != null) {
            LOG.warn(
                    "action={} object={} result={} {}{}",
                    action,
                    quoted(object),
                    quoted("refused: " + reason),
                    described(actor),
                    more);
        }
    }

    private static String described(Actor actor) {
        Viewer viewer = actor.viewer();
        String address = actor.address() == null ? NONE : actor.address();
        return viewer == null
                ? "role=- subject=- tenant=- address=" + address
                : "role=%s subject=%s tenant=%s address=%s"
                        .formatted(
                                viewer.role(),
                                quoted(viewer.subject()),
                                viewer.tenant().name(),
                                address);
    }

    /** Quotes a text, and replaces characters that could fake another line or another part of this line. */
    private static String quoted(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\"]", "?");
        return '"' + (line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…") + '"';
    }
}
