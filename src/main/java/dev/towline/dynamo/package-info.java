/**
 * Implements {@link dev.towline.store.Store} on DynamoDB and DAX: tables, batch reads, conditional and transactional writes. It is the only
 * package that uses the AWS SDK.
 */
@NullMarked
package dev.towline.dynamo;

import org.jspecify.annotations.NullMarked;
