package dev.towline.viewer;

/**
 * An item of a subscription that is made once and shown to many viewers. What they see of it depends on the item, on the fields that they
 * select, and on their {@linkplain Viewer#audience audience}, and on nothing else.
 */
public interface Shareable {

    /** A value with {@code equals}: items with equal identities look alike to viewers of one audience. */
    Object identity();
}
