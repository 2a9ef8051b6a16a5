/** What README.md says, held against what is. */
@NullMarked
package dev.towline.readme;

import org.jspecify.annotations.NullMarked;
