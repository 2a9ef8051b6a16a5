package dev.towline.dynamo;

/**
 * One conditional write of a whole entity.
 *
 * @param table where
 * @param value the new state. Revision 1 is a creation and asks that the key is free; any other asks that the stored version is
 *     one less
 */
public record Write<T extends Entity>(Table<T> table, T value) {}
