package dev.towline.store;

/**
 * How an entity is stored. Every attribute is written always, absent values as null, so that a table has one item shape (DAX
 * registers each shape it meets).
 */
public interface ItemCodec<T extends Entity> {

    /** Writes every attribute but the key, the revision and those of the indexes, which the store adds itself. */
    void write(T value, ItemWriter item);

    /** Makes the entity again from what {@link #write} wrote; the key and the revision are in the item too. */
    T read(ItemReader item);
}
