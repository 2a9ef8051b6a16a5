/** The scalars of the schema, and the check for well-formed Unicode. */
@NullMarked
package dev.towline.edge.scalar;

import org.jspecify.annotations.NullMarked;
