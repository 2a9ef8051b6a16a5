/**
 * The limits of a request before its execution. {@code LimitGate} applies them: {@code RequestSize} to the document and the variables as they
 * come, {@code DocumentShape} to the parsed document, and {@code CostPlan} to the operation with its variables. {@code OperationTimeout} ends
 * what takes too long.
 */
@NullMarked
package dev.towline.edge.limit;

import org.jspecify.annotations.NullMarked;
