/**
 * Incidents: somebody broke down. What is stored of them, and the queries and mutations on them alone.
 */
@NullMarked
package dev.towline.incident;

import org.jspecify.annotations.NullMarked;
