/**
 * Vendors: who can help, where they are and whether they take jobs; and the search for those nearby.
 */
@NullMarked
package dev.towline.vendor;

import org.jspecify.annotations.NullMarked;
