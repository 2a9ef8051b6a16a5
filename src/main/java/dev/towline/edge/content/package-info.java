/** What leaves over HTTP besides GraphQL's meaning of it: compression, and the static files. */
@NullMarked
package dev.towline.edge.content;

import org.jspecify.annotations.NullMarked;
