/**
 * What a caller is told when a request cannot be answered: one exception a stable error code, each naming the argument at fault.
 */
@NullMarked
package dev.towline.problem;

import org.jspecify.annotations.NullMarked;
