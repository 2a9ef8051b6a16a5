/** What of an operation becomes part of its trace, and how resolvers get the thread-locals of their request. */
@NullMarked
package dev.towline.edge.trace;

import org.jspecify.annotations.NullMarked;
