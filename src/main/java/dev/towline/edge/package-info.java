/**
 * GraphQL over the wire. It attaches from outside; no feature knows it. This package holds what both transports need: the viewer of a
 * request, the cache of parsed documents, the rules that stop an operation before it is executed, and visibility.
 *
 * <p>The ways in: {@code http.GraphQlHttp} for POST, GET and event streams, {@code socket.SocketHandler} for WebSockets. An error gets its code
 * in {@code error.ProblemErrors}. {@code content} compresses answers and serves static files, {@code scalar} has the scalars.
 */
@NullMarked
package dev.towline.edge;

import org.jspecify.annotations.NullMarked;
