/**
 * The {@link dev.towline.viewer.Viewer} that every resolver and subscription receives, its authentication and its visibility rules.
 */
@NullMarked
package dev.towline.viewer;

import org.jspecify.annotations.NullMarked;
