/**
 * GraphQL over HTTP. The entry point is {@code GraphQlHttp}: it reads the request ({@code RequestReader}), executes it, and writes an
 * answer in one piece or an {@code EventStream}. {@code ErrorReport} answers requests that Tomcat or Spring reject.
 */
@NullMarked
package dev.towline.edge.http;

import org.jspecify.annotations.NullMarked;
