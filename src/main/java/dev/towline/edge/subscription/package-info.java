/**
 * Subscriptions. {@link dev.towline.edge.subscription.SubscriptionItems} executes the selected fields of each item, once for all streams
 * that show it alike. The transports write an {@link dev.towline.edge.subscription.EncodedResult} as it is.
 */
@NullMarked
package dev.towline.edge.subscription;

import org.jspecify.annotations.NullMarked;
