/**
 * What a caller is told of a failure: {@code ProblemErrors} gives each error its code, whatever was thrown; {@code ErrorAnswers} does that
 * for what GraphQL itself refuses, with {@code Faults}, and writes the log.
 */
@NullMarked
package dev.towline.edge.error;

import org.jspecify.annotations.NullMarked;
