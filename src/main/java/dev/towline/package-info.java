/**
 * Towline: live tracking of roadside help over GraphQL.
 *
 * <p>{@link dev.towline.Towline} starts it. These are the packages in reading order. Each depends only on packages above it:
 *
 * <ol>
 *   <li>{@code problem}: the errors that callers see, and their codes
 *   <li>{@code geo}: positions and distances
 *   <li>{@code viewer}: the authenticated user, the tenant and the visibility rules
 *   <li>{@code audit}: the log of who did or tried what
 *   <li>{@code authentication}: tokens and API keys
 *   <li>{@code paging}: connections and keyset cursors
 *   <li>{@code resolver}: the base class for decorators of resolvers, and what ends operations: their cancellation and timers
 *   <li>{@code trace}: which traces are recorded
 *   <li>{@code store}: the storage interface for features, and the stages that every change passes
 *   <li>{@code upload}: files that callers send, for jobs to read
 *   <li>{@code job}: long work that any instance may do, and that goes on elsewhere when the instance ends
 *   <li>{@code redis}: the connection to Redis, and data structures that can be rebuilt from the database
 *   <li>{@code live}: topics that deliver changes to subscribers
 *   <li>{@code incident}: breakdowns and their status
 *   <li>{@code vendor}: vendors, their positions and the search for them
 *   <li>{@code tracking}: jobs from assignment to completion, and the positions of the vehicles
 *   <li>{@code share}: links that show one session to whoever has them
 *   <li>{@code dispatch}: the stream of the dispatch board
 *   <li>{@code dynamo}: {@code store} on DynamoDB and DAX
 *   <li>{@code change}: the bus that carries changes between instances and detects lost messages
 *   <li>{@code cache}: the resolver cache and its invalidation
 *   <li>{@code rate}: how much a caller may send, and how much may be open
 *   <li>{@code edge}: GraphQL over HTTP and WebSocket, scalars, error codes, the viewer of a request, and its trace
 *   <li>{@code observability}: health indicators
 * </ol>
 *
 * <p>The features are {@code incident}, {@code vendor}, {@code tracking}, {@code share} and {@code dispatch}. They do not depend on {@code authentication} and on the last six packages. {@code ModularityTests} checks these dependencies.
 */
@NullMarked
package dev.towline;

import org.jspecify.annotations.NullMarked;
