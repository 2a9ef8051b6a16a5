/**
 * Share links: whoever has one watches one session as a GUEST.
 */
@NullMarked
package dev.towline.share;

import org.jspecify.annotations.NullMarked;
