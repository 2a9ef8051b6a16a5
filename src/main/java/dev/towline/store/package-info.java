/**
 * The storage interface for features: entities and keys, tables and codecs, and the {@link dev.towline.store.Store}. It does not depend on
 * a database.
 *
 * <p>Every write, local or remote, becomes a {@link dev.towline.store.ChangeEvent} and passes the {@link dev.towline.store.ChangeStage}s in
 * their order (decision 0013).
 */
@NullMarked
package dev.towline.store;

import org.jspecify.annotations.NullMarked;
