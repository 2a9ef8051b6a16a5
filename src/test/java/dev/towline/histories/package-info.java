/**
 * Checks histories: clients do random operations on several instances while faults come from a seeded plan, every answer is recorded,
 * and rules find in the record what the promises exclude. Start reading at {@link dev.towline.histories.HistoryScenarios}.
 *
 * <p>A new promise adds an {@link dev.towline.histories.Action} and a {@link dev.towline.histories.Rule}.
 */
@NullMarked
package dev.towline.histories;

import org.jspecify.annotations.NullMarked;
