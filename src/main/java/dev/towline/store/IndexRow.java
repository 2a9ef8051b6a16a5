package dev.towline.store;

/**
 * A row of an index.
 *
 * @param id the id of the entity
 * @param sort the sort key in the index, from which the next page continues
 */
public record IndexRow(String id, String sort) {}
