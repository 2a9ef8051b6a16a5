/**
 * Relay connections and the opaque keyset cursors behind them.
 */
@NullMarked
package dev.towline.paging;

import org.jspecify.annotations.NullMarked;
