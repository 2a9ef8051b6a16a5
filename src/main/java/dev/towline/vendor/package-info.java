/**
 * Vendors: profiles, availability and positions, and the search for vendors nearby. {@code Vendors} reads and writes them. {@code VendorSearch}
 * finds them by position: in the {@code VendorGrid} of the tenant, which this instance has in memory ({@code VendorGrids}), or in Redis ({@code
 * SharedVendorIndex}). A write passes the {@link dev.towline.store.ChangeStages}, where {@code VendorIndex} updates both and the cache drops
 * the pages of searches around the vendor. {@code VendorIndexUpkeep} loads the grids and rebuilds what may lack writes, and {@code
 * VendorReconciliation} looks for differences. Decision 0042 has the reasons.
 */
@NullMarked
package dev.towline.vendor;

import org.jspecify.annotations.NullMarked;
