package dev.towline.dynamo;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of acknowledged writes.
 *
 * @param listeners looked up at the first write: a listener may itself need the store
 */
record ChangeListeners(Supplier<List<ChangeListener>> listeners) {

    private static final Logger log = LoggerFactory.getLogger(ChangeListeners.class);

    /** Tells everyone, in order; the writes stand, whatever a listener does. */
    void tell(List<Write<?>> writes) {
        List<Changed> changes = writes.stream().map(ChangeListeners::changed).toList();
        for (ChangeListener listener : listeners.get()) {
            try {
                listener.changed(changes);
            } catch (RuntimeException e) {
                log.error("{} failed to hear of {}", listener.getClass().getName(), keys(changes), e);
            }
        }
    }

    /** Tells everyone that these writes may have been applied, or may still be. */
    void tellOfDoubt(List<Write<?>> writes) {
        List<EntityKey> keys =
                writes.stream().<EntityKey>map(write -> write.value().key()).toList();
        for (ChangeListener listener : listeners.get()) {
            try {
                listener.inDoubt(keys);
            } catch (RuntimeException e) {
                log.error(
                        "{} failed to hear of doubt about {}",
                        listener.getClass().getName(),
                        keys,
                        e);
            }
        }
    }

    private static Changed changed(Write<?> write) {
        Entity value = write.value();
        return new Changed(write.table().entity(), value.key(), value.version(), value, write.before());
    }

    private static List<EntityKey> keys(List<Changed> changes) {
        return changes.stream().map(Changed::key).toList();
    }
}
