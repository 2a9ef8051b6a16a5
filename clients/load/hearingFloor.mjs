import { commandOf, connect, MessageCounter } from "./redisWire.mjs";

/**
 * The least that hearing a channel costs: a Node process that subscribes, counts the messages and understands nothing else. hearing.mjs starts
 * it as a child process and tells it what to subscribe to; it answers each further message with what it has received and the CPU it took.
 */
const counter = new MessageCounter();

process.on("message", async ({ redis, channels, connections }) => {
  if (channels !== undefined) {
    for (let i = 0; i < connections; i++) {
      const socket = await connect(redis);
      socket.on("data", (chunk) => counter.add(chunk));
      socket.write(commandOf(["SUBSCRIBE", ...channels]));
    }
  }
  const { user, system } = process.cpuUsage();
  process.send({ messages: counter.messages, bytes: counter.bytes, cpuSeconds: (user + system) / 1e6 });
});
process.on("disconnect", () => process.exit());
