/**
 * Sends random requests to a running service, well-formed and nearly well-formed, and checks what comes back. Start reading at
 * {@link dev.towline.requests.RequestScenarios}.
 */
@NullMarked
package dev.towline.requests;

import org.jspecify.annotations.NullMarked;
