/** Health indicators, and what of an operation becomes part of its trace. No feature depends on this package. */
@NullMarked
package dev.towline.observability;

import org.jspecify.annotations.NullMarked;
