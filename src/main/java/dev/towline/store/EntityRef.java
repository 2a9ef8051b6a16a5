package dev.towline.store;

import dev.towline.viewer.Tenant;

/**
 * Names an entity of any kind, also to other instances and to clients.
 *
 * @param entity the kind of entity, such as {@code vendor}: its {@link Table#entity()}
 * @param tenant whose it is
 * @param id unique within the two
 */
public record EntityRef(String entity, Tenant tenant, String id) {}
