/** The service from outside: the production jar in processes of its own, over real sockets. */
@NullMarked
package dev.towline.scenarios;

import org.jspecify.annotations.NullMarked;
