/** Which traces are recorded. */
@NullMarked
package dev.towline.trace;

import org.jspecify.annotations.NullMarked;
