package dev.towline.problem;

/**
 * A limit that a request exceeds.
 *
 * @param name the name that clients see, which is also the end of the name of its setting
 * @param allowed the greatest allowed value, in the unit of the limit
 */
public record Limit(String name, long allowed) {}
