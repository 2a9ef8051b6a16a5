/** GraphQL over the wire: scalars, errors, and the viewer behind a request. Attaches from outside; no feature knows it. */
@NullMarked
package dev.towline.edge;

import org.jspecify.annotations.NullMarked;
