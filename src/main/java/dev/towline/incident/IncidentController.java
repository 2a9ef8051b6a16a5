package dev.towline.incident;

import dev.towline.paging.Connection;
import dev.towline.problem.Require;
import dev.towline.store.BatchReads;
import dev.towline.viewer.Viewer;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;

@Controller
class IncidentController {

    private final Incidents incidents;

    IncidentController(Incidents incidents, BatchReads reads, BatchLoaderRegistry loaders) {
        this.incidents = incidents;
        loaders.forTypePair(IncidentKey.class, Incident.class).registerMappedBatchLoader(reads.of(Incidents.TABLE));
    }

    @QueryMapping
    CompletableFuture<@Nullable Incident> getIncident(
            @Argument String id, @ContextValue Viewer viewer, DataLoader<IncidentKey, @Nullable Incident> loader) {
        return loader.load(new IncidentKey(viewer.tenant(), Require.id("id", id)));
    }

    @QueryMapping
    Connection<Incident> listIncidents(
            @Argument @Nullable IncidentFilter filter,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @ContextValue Viewer viewer) {
        return incidents.list(viewer, IncidentFilter.statusesOf(filter), Incidents.page(first, after));
    }

    @MutationMapping
    Incident createIncident(@Argument CreateIncidentInput input, @ContextValue Viewer viewer) {
        return incidents.create(viewer, input);
    }
}
