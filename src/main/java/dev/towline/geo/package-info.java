/**
 * Positions on the globe and distances between them. Pure Java, no framework, no input or output.
 */
@NullMarked
package dev.towline.geo;

import org.jspecify.annotations.NullMarked;
