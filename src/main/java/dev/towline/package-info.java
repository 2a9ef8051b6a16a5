/**
 * Towline: live tracking of roadside help over GraphQL.
 *
 * <p>{@link dev.towline.Towline} starts it. The packages, in the order in which they are best read; each knows only
 * those above it that it needs:
 *
 * <ol>
 *   <li>{@code problem}: what a caller is told when something cannot be done
 *   <li>{@code geo}: positions and distances
 *   <li>{@code viewer}: who is asking, for which tenant, and what they may see
 *   <li>{@code paging}: connections and keyset cursors
 *   <li>{@code resolver}: what stands in front of resolvers
 *   <li>{@code store}: what features see of storage, and the stages that every change passes
 *   <li>{@code redis}: what is computed and can be rebuilt
 *   <li>{@code live}: topics, from a change to those who watch
 *   <li>{@code incident}: somebody broke down
 *   <li>{@code vendor}: who can help, and where they are
 *   <li>{@code tracking}: a vendor's way to an incident, from assignment to the end of the job
 *   <li>{@code dynamo}: {@code store} on DynamoDB and DAX
 *   <li>{@code change}: changes between instances, and the proof that they arrive
 *   <li>{@code cache}: the resolver cache, and how it is kept fresh: a vendor write invalidates search pages here
 *   <li>{@code edge}: GraphQL over HTTP and WebSocket, scalars, the code of each error, and the viewer of a request
 *   <li>{@code observability}: health, metrics, traces
 * </ol>
 *
 * <p>The last five attach from outside: no feature knows them. {@code ModularityTests} holds this graph.
 */
@NullMarked
package dev.towline;

import org.jspecify.annotations.NullMarked;
