/**
 * The embedded stack: DynamoDB Local and Redis, started by whoever needs them, on loopback only, gone with the JVM that started
 * them. {@link dev.towline.local.LocalTowline} runs the whole service on it; {@link dev.towline.local.OnEmbeddedStack} gives it to a
 * test. It is test code on purpose: the production jar cannot contain it.
 */
@NullMarked
package dev.towline.local;

import org.jspecify.annotations.NullMarked;
