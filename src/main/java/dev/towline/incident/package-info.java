/**
 * Incidents (breakdowns): their storage, and the queries and mutations that concern only incidents.
 */
@NullMarked
package dev.towline.incident;

import org.jspecify.annotations.NullMarked;
