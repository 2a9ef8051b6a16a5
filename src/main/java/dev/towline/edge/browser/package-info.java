/**
 * What browsers may do. {@code OriginCheck} refuses requests of foreign pages before anything is executed, and {@code SecurityHeaders} tell
 * the browser what a page of the service may do.
 */
@NullMarked
package dev.towline.edge.browser;

import org.jspecify.annotations.NullMarked;
