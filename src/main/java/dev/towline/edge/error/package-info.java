/**
 * Errors for clients, with their codes. {@code ProblemErrors} converts exceptions: {@code ProblemResolver} passes it those of resolvers, and
 * {@code ErrorAnswers} passes it those of interceptors. {@code Faults} gives codes to errors of graphql-java. A {@code Refusal} has the code of a
 * request that is rejected before execution. {@code ErrorAnswers} handles every answer: it calls {@code Faults}, and {@code ErrorLog}, which
 * logs the errors and adds the correlation id where it is missing.
 */
@NullMarked
package dev.towline.edge.error;

import org.jspecify.annotations.NullMarked;
