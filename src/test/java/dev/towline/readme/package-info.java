/** What README.md and the other pages say, held against what is. */
@NullMarked
package dev.towline.readme;

import org.jspecify.annotations.NullMarked;
