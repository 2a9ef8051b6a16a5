/** Positions and distances. Pure Java without a framework. */
@NullMarked
package dev.towline.geo;

import org.jspecify.annotations.NullMarked;
