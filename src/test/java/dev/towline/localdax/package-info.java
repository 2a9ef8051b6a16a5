/**
 * A local endpoint that speaks the protocol of DynamoDB Accelerator (DAX) in front of any DynamoDB endpoint, for development and tests. It
 * knows nothing of Spring and of the rest of Towline. See its README.md.
 */
@NullMarked
package dev.towline.localdax;

import org.jspecify.annotations.NullMarked;
