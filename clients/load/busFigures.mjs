import { readFileSync } from "node:fs";
import { UsageError } from "../lib/options.mjs";

/**
 * What hearing.mjs measures; each can be given by itself, too. What a change of an unknown entity costs is that of the replayed messages: where
 * the bus ends there are thousands a second, and few a second cost more each, because each wakes its threads.
 */
const FIGURES = {
  "heard-unknown": { of: ({ cpuMicros }) => cpuMicros.heardReplayed, name: "heardUnknown", help: "CPU µs for a change heard of an unknown entity" },
  "heard-cached": { of: ({ cpuMicros }) => cpuMicros.heardReplayed + cpuMicros.heardCached - cpuMicros.heardUnknown, name: "heardCached", help: "CPU µs for one of an entity in memory" },
  heartbeat: { of: ({ cpuMicros }) => cpuMicros.heartbeat, name: "heartbeat", help: "CPU µs for a heartbeat heard" },
  written: { of: ({ cpuMicros }) => cpuMicros.written, name: "written", help: "CPU µs for a change written" },
  query: { of: ({ cpuMicros }) => cpuMicros.query, name: "query", help: "CPU µs for a query answered from memory" },
  delivered: { of: ({ cpuMicros }) => cpuMicros.delivered, name: "delivered", help: "CPU µs for an update sent to a watcher" },
  publish: { of: ({ redisMicros }) => redisMicros.publish, name: "publish", help: "CPU µs of Redis for a message" },
  "per-subscriber": { of: ({ redisMicros }) => redisMicros.perSubscriber, name: "perSubscriber", help: "CPU µs of Redis for each subscriber" },
  "change-bytes": { of: ({ changeBytes }) => changeBytes, name: "changeBytes", help: "of a message about a change on the wire" },
  "heartbeat-bytes": { of: ({ heartbeatBytes }) => heartbeatBytes, name: "heartbeatBytes", help: "of a heartbeat on the wire" },
};

/** The options that give the figures. @type {Record<string, import("../lib/options.mjs").Option>} */
export const figureOptions = {
  figures: { kind: "text", help: "the file that hearing.mjs has written with --out" },
  ...Object.fromEntries(Object.entries(FIGURES).map(([option, { help }]) => [option, { kind: "number", help }])),
};

/** @returns {import("./busModel.mjs").Measured} @throws {UsageError} for a figure that nobody has given */
export function measuredFrom(settings) {
  const file = settings.figures === undefined ? undefined : JSON.parse(readFileSync(settings.figures, "utf8"));
  const measured = {};
  for (const [option, { of, name }] of Object.entries(FIGURES)) {
    const value = settings[option] ?? (file && of(file));
    if (!Number.isFinite(value)) {
      throw new UsageError(`--${option} is needed, or --figures with a file of hearing.mjs that has it`);
    }
    measured[name] = value;
  }
  return measured;
}
