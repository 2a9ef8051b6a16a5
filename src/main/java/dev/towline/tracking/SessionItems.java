package dev.towline.tracking;

import dev.towline.store.GeoPoints;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;

/** The storage format of a session. */
final class SessionItems implements ItemCodec<TrackingSession> {

    @Override
    public void write(TrackingSession session, ItemWriter item) {
        item.string("incidentId", session.incidentId())
                .string("vendorId", session.vendorId())
                .map("destination", session.destination(), GeoPoints::write)
                .list("steps", session.steps(), SessionItems::writeStep)
                .map("currentLocation", session.currentLocation(), LocationItems::write)
                .instant("startedAt", session.startedAt())
                .instant("updatedAt", session.updatedAt())
                .integer("sequence", session.sequence());
    }

    @Override
    public TrackingSession read(ItemReader item) {
        return new TrackingSession(
                new SessionKey(item.tenant(), item.id()),
                item.revision(),
                item.string("incidentId"),
                item.string("vendorId"),
                item.map("destination", GeoPoints::read),
                item.list("steps", SessionItems::readStep),
                item.optionalMap("currentLocation", LocationItems::read),
                item.instant("startedAt"),
                item.instant("updatedAt"),
                item.integer("sequence"));
    }

    private static void writeStep(StatusChange step, ItemWriter item) {
        item.constant("status", step.status())
                .integer("sequence", step.sequence())
                .instant("at", step.at());
    }

    private static StatusChange readStep(ItemReader item) {
        return new StatusChange(
                item.constant("status", SessionStatus.class), item.integer("sequence"), item.instant("at"));
    }
}
