package dev.towline.rate;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.problem.RateLimited;
import dev.towline.rate.RateLimit.Parts;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The limits of what callers may send. Thread-safe; no method blocks or waits for Redis. */
public final class Rates {

    /** The action in the audit log. */
    private static final String ACTION = "rate";

    /** So many seconds of refused credentials may come at once. */
    private static final long REFUSED_BURST_SECONDS = 10;

    private final RateSettings settings;
    private final AuditLog audit;
    private final Rate addressRate;
    private final Rate credentialsRate;
    private final Rate fixesRate;
    private final Map<Role, Rate> viewerRates;
    private final RateLimit<AddressBlock> addresses;
    private final RateLimit<AddressBlock> credentials;
    private final RateLimit<Viewer> viewers;
    private final RateLimit<Device> devices;

    /** Who sends fixes of a session. With the viewer, so that nobody can use up the tokens of somebody else's session. */
    private record Device(Viewer viewer, String sessionId) {

        String name() {
            // The length, because a subject and a session can both have a colon.
            String name = Rates.name(viewer);
            return name.length() + ":" + name + ':' + sessionId;
        }
    }

    Rates(RateSettings settings, Parts parts, AuditLog audit) {
        this.settings = settings;
        this.audit = audit;
        this.addressRate = new Rate(settings.addressPerSecond(), settings.addressBurst());
        this.credentialsRate = new Rate(
                settings.refusedCredentials(),
                Math.min(Rate.MOST, settings.refusedCredentials() * REFUSED_BURST_SECONDS));
        this.fixesRate = new Rate(settings.fixesPerSecond(), settings.fixesBurst());
        this.viewerRates = Arrays.stream(Role.values())
                .collect(Collectors.toMap(
                        role -> role, settings::viewer, (one, _) -> one, () -> new EnumMap<>(Role.class)));
        this.addresses = new RateLimit<>(LimitedBy.ADDRESS, parts, AddressBlock::toString, settings.maxSubjects());
        this.credentials =
                new RateLimit<>(LimitedBy.CREDENTIALS, parts, AddressBlock::toString, settings.maxSubjects());
        this.viewers = new RateLimit<>(LimitedBy.VIEWER, parts, Rates::name, settings.maxSubjects());
        this.devices = new RateLimit<>(LimitedBy.FIXES, parts, Device::name, settings.maxSubjects());
    }

    /** Counts one request of an address. Null if there are no limits. */
    public @Nullable RateCheck ofAddress(@Nullable InetSocketAddress remote) {
        if (!settings.enabled()) {
            return null;
        }
        RateCheck check = addresses.spend(AddressBlock.of(remote), addressRate, 1);
        return check.admitted() ? check : refused(check, Actor.of(null, remote));
    }

    /**
     * Counts a request of a viewer. Null if there are no limits.
     *
     * @param cost at least 1
     */
    public @Nullable RateCheck ofViewer(Viewer viewer, long cost) {
        if (!settings.enabled()) {
            return null;
        }
        RateCheck check = viewers.spend(viewer, viewerRate(viewer), cost);
        return check.admitted() ? check : refused(check, Actor.of(viewer, null));
    }

    /** Counts fixes of a viewer for a session. Null if there are no limits. */
    public @Nullable RateCheck ofFixes(Viewer viewer, String sessionId, int fixes) {
        if (!settings.enabled()) {
            return null;
        }
        RateCheck check = devices.spend(new Device(viewer, sessionId), fixesRate, fixes);
        return check.admitted() ? check : refused(check, Actor.of(viewer, null));
    }

    /** The attempt of an address to authenticate. */
    public Attempt attempt(@Nullable InetSocketAddress remote) {
        return new Attempt(remote);
    }

    /**
     * One attempt to authenticate. It counts if its credentials must be checked and are refused, so neither a request without credentials
     * nor one whose credentials are remembered as valid. For one thread.
     */
    public final class Attempt {

        private final @Nullable InetSocketAddress remote;
        private boolean isChecked;

        private Attempt(@Nullable InetSocketAddress remote) {
            this.remote = remote;
        }

        /**
         * To be called before the credentials are checked.
         *
         * @throws RateLimited if too many credentials of the address were refused
         */
        public void requireMayTry() {
            if (settings.enabled()) {
                RateCheck check = credentials.look(AddressBlock.of(remote), credentialsRate);
                if (!check.admitted()) {
                    Rates.this.refused(check, Actor.of(null, remote)).require();
                }
                isChecked = true;
            }
        }

        /** Counts the credentials as refused. */
        public void refused() {
            if (isChecked) {
                credentials.charge(AddressBlock.of(remote), credentialsRate, 1);
            }
        }
    }

    /** About how many subjects of a limit are remembered. */
    long subjects(LimitedBy limit) {
        return switch (limit) {
            case ADDRESS -> addresses.size();
            case CREDENTIALS -> credentials.size();
            case VIEWER -> viewers.size();
            case FIXES -> devices.size();
        };
    }

    private RateCheck refused(RateCheck check, Actor actor) {
        audit.refused(actor, ACTION, check.limit().counted());
        return check;
    }

    private Rate viewerRate(Viewer viewer) {
        return viewerRates.getOrDefault(viewer.role(), settings.viewer(viewer.role()));
    }

    private static String name(Viewer viewer) {
        return viewer.tenant() + ":" + viewer.role() + ':' + viewer.subject();
    }
}
