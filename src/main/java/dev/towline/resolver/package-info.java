/** The base class of decorators of resolvers, such as the cache and visibility. */
@NullMarked
package dev.towline.resolver;

import org.jspecify.annotations.NullMarked;
