/**
 * GraphQL over HTTP. The way in is {@code GraphQlHttp}: it reads the request ({@code RequestReader}), lets GraphQL execute it, and writes a
 * whole answer or an {@code EventStream}. {@code ErrorReport} answers what Tomcat and Spring refuse by themselves.
 */
@NullMarked
package dev.towline.edge.http;

import org.jspecify.annotations.NullMarked;
