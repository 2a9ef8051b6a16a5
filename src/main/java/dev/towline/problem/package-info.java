/**
 * The errors that callers see: their codes ({@link dev.towline.problem.ProblemCode}), and an exception type for each code that a feature may
 * report, with the argument at fault. {@code edge.error} puts the codes into answers.
 */
@NullMarked
package dev.towline.problem;

import org.jspecify.annotations.NullMarked;
