package dev.towline.tracking;

import dev.towline.problem.Require;
import dev.towline.viewer.Viewer;
import graphql.schema.DataFetchingEnvironment;
import org.dataloader.DataLoader;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** The live subscription to a session. */
@Controller
class TrackingUpdateController {

    private final SessionTopic topic;

    TrackingUpdateController(SessionTopic topic) {
        this.topic = topic;
    }

    @SubscriptionMapping
    Flux<TrackingUpdate> onTrackingUpdated(
            @Argument String sessionId, @ContextValue Viewer viewer, DataFetchingEnvironment environment) {
        SessionKey key = new SessionKey(viewer.tenant(), Require.id("sessionId", sessionId));
        // The DataLoaders live as long as the subscription, so their values are outdated for the next update.
        return Flux.from(topic.follow(key))
                .doOnNext(update ->
                        environment.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll));
    }
}
