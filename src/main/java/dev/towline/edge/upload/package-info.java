/** Files that callers send: {@code POST /imports}. */
@NullMarked
package dev.towline.edge.upload;

import org.jspecify.annotations.NullMarked;
