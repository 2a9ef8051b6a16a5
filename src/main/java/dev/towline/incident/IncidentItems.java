package dev.towline.incident;

import dev.towline.store.GeoPoints;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;

/** The storage format of an incident. */
final class IncidentItems implements ItemCodec<Incident> {

    @Override
    public void write(Incident incident, ItemWriter item) {
        item.constant("kind", incident.kind())
                .constant("status", incident.status())
                .map("position", incident.position(), GeoPoints::write)
                .string("description", incident.description())
                .string("createdBy", incident.createdBy())
                .instant("createdAt", incident.createdAt())
                .instant("updatedAt", incident.updatedAt())
                .string("activeSessionId", incident.activeSessionId())
                .string("cancelReason", incident.cancelReason());
    }

    @Override
    public Incident read(ItemReader item) {
        return new Incident(
                new IncidentKey(item.tenant(), item.id()),
                item.revision(),
                item.constant("kind", IncidentKind.class),
                item.constant("status", IncidentStatus.class),
                item.map("position", GeoPoints::read),
                item.optionalString("description"),
                item.string("createdBy"),
                item.instant("createdAt"),
                item.instant("updatedAt"),
                item.optionalString("activeSessionId"),
                item.optionalString("cancelReason"));
    }
}
