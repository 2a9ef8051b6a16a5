/**
 * The errors that callers see: one exception type for each stable error code, with the argument at fault.
 */
@NullMarked
package dev.towline.problem;

import org.jspecify.annotations.NullMarked;
