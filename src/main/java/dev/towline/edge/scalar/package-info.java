/** The scalars of the schema, and what a text must be. */
@NullMarked
package dev.towline.edge.scalar;

import org.jspecify.annotations.NullMarked;
