/**
 * Who is asking: the {@link dev.towline.viewer.Viewer} that every resolver and subscription receives, and where it comes from.
 */
@NullMarked
package dev.towline.viewer;

import org.jspecify.annotations.NullMarked;
