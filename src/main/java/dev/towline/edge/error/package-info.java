/**
 * Errors for clients. {@code ProblemErrors} converts exceptions to errors with a code. {@code ErrorAnswers} gives a code to the errors of
 * graphql-java by {@code Faults}, and logs all errors.
 */
@NullMarked
package dev.towline.edge.error;

import org.jspecify.annotations.NullMarked;
