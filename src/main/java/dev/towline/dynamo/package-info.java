/**
 * DynamoDB and DAX: tables, batch reads, conditional and transactional writes. Every write of the service passes through here
 * and is told to {@link dev.towline.dynamo.ChangeListener}s afterwards.
 */
@NullMarked
package dev.towline.dynamo;

import org.jspecify.annotations.NullMarked;
