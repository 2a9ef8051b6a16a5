/** The service as its users have it: a real server on real sockets, with DynamoDB Local and Redis behind it. */
@NullMarked
package dev.towline.scenarios;

import org.jspecify.annotations.NullMarked;
