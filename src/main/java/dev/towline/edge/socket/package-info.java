/**
 * GraphQL over WebSocket, protocol {@code graphql-transport-ws}. The way in is {@code SocketHandler}: it reads each message
 * ({@code SocketMessage}) and gives it to the {@code SocketConnection} that it came over.
 */
@NullMarked
package dev.towline.edge.socket;

import org.jspecify.annotations.NullMarked;
