/**
 * Relay connections with keyset pagination and opaque cursors.
 */
@NullMarked
package dev.towline.paging;

import org.jspecify.annotations.NullMarked;
