/** What operators see: health, metric names, traces. Attaches from outside; no feature knows it. */
@NullMarked
package dev.towline.observability;

import org.jspecify.annotations.NullMarked;
