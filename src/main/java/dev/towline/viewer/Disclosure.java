package dev.towline.viewer;

/**
 * An object that shows parts of other entities to those who see it, such as a session, which shows its incident and its vendor. A {@link
 * VisibilityRule} may show an entity within it that the viewer does not see elsewhere. Implementations are thread-safe and do not block.
 */
public interface Disclosure {

    /**
     * Whether this object shows this entity.
     *
     * @param kind the kind of the entity, such as {@code incident}
     * @param id the id of the entity
     * @param version the version of the state that would be shown
     */
    boolean shows(String kind, String id, int version);

    /** Whether it belongs to a session that has not ended. */
    boolean belongsToActiveSession();
}
