/**
 * GraphQL over WebSocket with the protocol {@code graphql-transport-ws}. The entry point is {@code SocketHandler}: it passes each part of a
 * message to its {@code SocketConnection}, which joins the parts ({@code SocketText}) and reads the message ({@code SocketMessage}).
 */
@NullMarked
package dev.towline.edge.socket;

import org.jspecify.annotations.NullMarked;
