package dev.towline.store;

/**
 * The storage format of an entity. A codec always writes every attribute, absent values as null, so that all items of a table have the same
 * attribute names: DAX keeps a registry of attribute lists, which must stay small.
 */
public interface ItemCodec<T extends Entity> {

    /** Writes every attribute except the key, the revision and the index attributes, which the store adds. */
    void write(T value, ItemWriter item);

    /** Reads the attributes from {@link #write}; the reader also has the key and the revision. */
    T read(ItemReader item);
}
