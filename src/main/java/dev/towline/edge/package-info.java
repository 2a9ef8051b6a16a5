/**
 * GraphQL over HTTP and WebSocket. No feature depends on this package. It has what both transports need: the viewer of a request, the cache
 * of parsed documents, the checks before execution, and visibility.
 *
 * <p>The entry points are {@code http.GraphQlHttp} for POST, GET and event streams, and {@code socket.SocketHandler} for WebSockets. Before
 * the first of them, {@code answer.FirstLook} answers from memory what it can. Errors
 * get their codes in {@code error}: exceptions in {@code ProblemErrors}, errors of graphql-java in {@code Faults}, and requests that are
 * rejected before execution in {@code Refusal}. {@code limit} limits what a
 * request may ask for, and {@code document} finds documents by their identifiers. {@code content} compresses answers and serves static files. {@code
 * subscription} executes the items of subscriptions. {@code scalar} has the scalars.
 */
@NullMarked
package dev.towline.edge;

import org.jspecify.annotations.NullMarked;
