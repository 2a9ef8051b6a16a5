package dev.towline.demo;

import dev.towline.demo.city.Fix;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of the fleet, and how much of its itinerary the service has heard of. What could not be told is told later, with what has
 * come since. For one thread.
 */
final class Job {

    private final String sessionId;
    private final Itinerary itinerary;
    private Stage reached;
    private @Nullable Instant lastFix;

    /** @param reached how far the session is */
    Job(String sessionId, Itinerary itinerary, Stage reached) {
        this.sessionId = sessionId;
        this.itinerary = itinerary;
        this.reached = reached;
    }

    /** Whether the session has ended, by the fleet or by somebody else. */
    boolean isOver() {
        return reached.isEnd();
    }

    /** When there is something to tell next. */
    Instant next(Instant now) {
        Instant fix = isUnderway() ? itinerary.fixAfter(lastFix) : null;
        Instant stage = itinerary.nextStageAfter(now);
        return fix == null || stage.isBefore(fix) ? stage : fix;
    }

    /**
     * Tells the service what is due. Blocks.
     *
     * @throws ApiFailure if it did not take it; what it took is not told again
     */
    void tell(Api api, Instant now) {
        Stage due = itinerary.stageAt(now);
        if (due == Stage.EN_ROUTE) {
            reach(api, due);
        }
        for (List<Fix> fixes = fixes(now); !fixes.isEmpty() && !isOver(); fixes = fixes(now)) {
            see(api.move(sessionId, fixes));
            lastFix = fixes.getLast().recordedAt();
        }
        reach(api, due);
    }

    private List<Fix> fixes(Instant now) {
        return isUnderway() ? itinerary.fixes(lastFix, now) : List.of();
    }

    private boolean isUnderway() {
        return reached.isBefore(Stage.ARRIVED);
    }

    private void reach(Api api, Stage stage) {
        if (isOver() || !reached.isBefore(stage)) {
            return;
        }
        try {
            see(api.advance(sessionId, stage));
        } catch (ApiFailure failure) {
            if (!failure.isRefusal()) {
                throw failure;
            }
            // somebody else took the session further
            Stage is = api.stage(sessionId);
            see(is == null ? Stage.CANCELLED : is);
        }
    }

    private void see(Stage stage) {
        if (reached.isBefore(stage)) {
            reached = stage;
        }
    }
}
