/** Compression, entity tags, the static files, and the schema as a file. */
@NullMarked
package dev.towline.edge.content;

import org.jspecify.annotations.NullMarked;
