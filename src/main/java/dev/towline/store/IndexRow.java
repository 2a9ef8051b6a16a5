package dev.towline.store;

/**
 * A row of an index.
 *
 * @param id the id of the entity
 * @param sort its sort key in the index, the place to go on from
 */
public record IndexRow(String id, String sort) {}
