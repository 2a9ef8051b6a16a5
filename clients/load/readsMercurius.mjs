import Fastify from "fastify";
import mercurius from "mercurius";
import cache from "mercurius-cache";
import { SCHEMA } from "./readsContract.mjs";

/**
 * Mercurius with its cache, as their documentation sets them up: compiled queries (`jit`), and the resolvers with I/O behind the cache. Its storage
 * is made from the session that reads.mjs, which starts it as a child process, has read from the service and sends as its first message. So a
 * miss costs it nothing, and the answers are the same.
 */
const TTL_SECONDS = 300;

const [session] = await new Promise((resolve) => process.once("message", (...message) => resolve(message)));
const { incident, vendor, ...own } = session;
const resolvers = {
  Query: { getTrackingSession: async (_, { id }) => ({ ...own, id }) },
  TrackingSession: { incident: async () => incident, vendor: async () => vendor },
};

const app = Fastify({ keepAliveTimeout: 60_000 });
await app.register(mercurius, { schema: SCHEMA, resolvers, jit: 1 });
await app.register(cache, {
  ttl: TTL_SECONDS,
  policy: { Query: { getTrackingSession: true }, TrackingSession: { incident: true, vendor: true } },
});
await app.listen({ port: 0, host: "127.0.0.1" });
process.send(app.server.address());
process.on("disconnect", () => process.exit(0));
