package dev.towline.dynamo;

import org.jspecify.annotations.Nullable;

/**
 * A fact: an entity was written and DynamoDB has acknowledged it.
 *
 * @param entity the kind of entity, such as {@code vendor}: the {@link Table#entity()} it was written to
 * @param key which one
 * @param version the version that the write made
 * @param value its new state
 * @param before the state before, null for a creation, or where the writer did not say
 */
public record Changed(
        String entity,
        EntityKey key,
        int version,
        Entity value,
        @Nullable Entity before) {}
