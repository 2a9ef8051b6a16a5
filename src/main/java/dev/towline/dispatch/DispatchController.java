package dev.towline.dispatch;

import dev.towline.incident.Incident;
import dev.towline.incident.IncidentKey;
import dev.towline.tracking.SessionKey;
import dev.towline.tracking.TrackingSession;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.VendorKey;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** The dispatch board's stream and the objects that changed. */
@Controller
class DispatchController {

    private final BoardStream.Dependencies streams;

    DispatchController(BoardStream.Dependencies streams) {
        this.streams = streams;
    }

    @SubscriptionMapping
    Flux<DispatchChange> onDispatchChanged(@Argument @Nullable String after, @ContextValue Viewer viewer) {
        Position position = after == null ? null : Position.decode(after);
        return BoardStream.of(streams, viewer, position);
    }

    // The version floors of this instance were raised before the log had the change, so no loader returns an older
    // version.

    @SchemaMapping
    CompletableFuture<@Nullable Incident> incident(
            DispatchChange change, @ContextValue Viewer viewer, DataLoader<IncidentKey, @Nullable Incident> loader) {
        return load(change, DispatchChangeKind.INCIDENT, IncidentKey::new, viewer, loader);
    }

    @SchemaMapping
    CompletableFuture<@Nullable TrackingSession> session(
            DispatchChange change,
            @ContextValue Viewer viewer,
            DataLoader<SessionKey, @Nullable TrackingSession> loader) {
        return load(change, DispatchChangeKind.SESSION, SessionKey::new, viewer, loader);
    }

    @SchemaMapping
    CompletableFuture<@Nullable Vendor> vendor(
            DispatchChange change, @ContextValue Viewer viewer, DataLoader<VendorKey, @Nullable Vendor> loader) {
        return load(change, DispatchChangeKind.VENDOR, VendorKey::new, viewer, loader);
    }

    private static <K, T> CompletableFuture<@Nullable T> load(
            DispatchChange change,
            DispatchChangeKind kind,
            BiFunction<Tenant, String, K> key,
            Viewer viewer,
            DataLoader<K, @Nullable T> loader) {
        String id = change.id();
        return change.kind() != kind || id == null
                ? CompletableFuture.completedFuture(null)
                : loader.load(key.apply(viewer.tenant(), id));
    }
}
