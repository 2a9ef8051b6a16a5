/** Health indicators. No feature depends on this package. */
@NullMarked
package dev.towline.observability;

import org.jspecify.annotations.NullMarked;
