package dev.towline.store;

import dev.towline.viewer.Tenant;

/**
 * An untyped reference to an entity, also used in messages and in client headers.
 *
 * @param entity the kind of entity, such as {@code vendor}: its {@link Table#entity()}
 * @param tenant the tenant that owns the entity
 * @param id unique within the kind and the tenant
 */
public record EntityRef(String entity, Tenant tenant, String id) {}
