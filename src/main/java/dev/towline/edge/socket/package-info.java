/**
 * GraphQL over WebSocket with the protocol {@code graphql-transport-ws}. The entry point is {@code SocketHandler}: it passes each message
 * ({@code SocketMessage}) to its {@code SocketConnection}.
 */
@NullMarked
package dev.towline.edge.socket;

import org.jspecify.annotations.NullMarked;
