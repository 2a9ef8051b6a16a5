/**
 * Vendors: profiles, availability and positions, and the search for vendors nearby.
 */
@NullMarked
package dev.towline.vendor;

import org.jspecify.annotations.NullMarked;
