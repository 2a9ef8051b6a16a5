/**
 * Implements {@link dev.towline.store.Store} on DynamoDB and DAX: tables, batch reads, conditional and transactional writes. The only
 * package that knows the AWS SDK.
 */
@NullMarked
package dev.towline.dynamo;

import org.jspecify.annotations.NullMarked;
