/** Positions on the globe and distances between them. No framework, no input or output. */
@NullMarked
package dev.towline.geo;

import org.jspecify.annotations.NullMarked;
