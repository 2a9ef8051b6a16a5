/**
 * Vendors: profiles, availability and positions, and the search for vendors nearby. A write passes the {@link
 * dev.towline.store.ChangeStages}, where the cache invalidates search pages.
 */
@NullMarked
package dev.towline.vendor;

import org.jspecify.annotations.NullMarked;
