/** The base class of decorators of resolvers, such as the cache and visibility, and the cancellation of operations. */
@NullMarked
package dev.towline.resolver;

import org.jspecify.annotations.NullMarked;
