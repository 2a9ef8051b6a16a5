/** The limits of rates in GraphQL: headers of answers, and the fields that have a limit of their own. */
@NullMarked
package dev.towline.edge.rate;

import org.jspecify.annotations.NullMarked;
