/**
 * What features see of storage: entities and their keys, tables and codecs, the {@link dev.towline.store.Store}, and the one way of a
 * change: every write, of this instance or of another, becomes a {@link dev.towline.store.ChangeEvent} and passes the {@link
 * dev.towline.store.ChangeStage}s in their order. Knows no database.
 */
@NullMarked
package dev.towline.store;

import org.jspecify.annotations.NullMarked;
