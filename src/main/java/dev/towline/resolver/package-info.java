/** The base class of decorators of resolvers, such as the cache and visibility, and what ends operations: their cancellation and timers. */
@NullMarked
package dev.towline.resolver;

import org.jspecify.annotations.NullMarked;
