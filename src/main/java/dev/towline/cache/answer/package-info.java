/**
 * The memory of whole answers. An answer to a query is remembered with the entries of the cache that it was made from ({@code Provenance}), and
 * given again as long as a lookup would find each of these entries, and find it good. So it is never older than its fields are, and nothing
 * has to remove it. The transport asks it before it executes a query.
 */
@NullMarked
package dev.towline.cache.answer;

import org.jspecify.annotations.NullMarked;
