/**
 * Errors for clients. There are three sources. {@code ProblemResolver} gets the exceptions of resolvers, and {@code ProblemErrors} converts
 * them to errors with a code. {@code ErrorAnswers} gets the errors of graphql-java, and {@code Faults} gives them a code. A {@code Refusal} is
 * a request that is rejected before execution. {@code ErrorLog} adds the correlation id and writes the log.
 */
@NullMarked
package dev.towline.edge.error;

import org.jspecify.annotations.NullMarked;
