import assert from "node:assert/strict";
import test from "node:test";
import { seededRandom } from "../lib/random.mjs";
import { leaveCity } from "./city.mjs";
import { KINDS } from "./kinds.mjs";
import { mixOf } from "./mix.mjs";

/** A service that does what it is asked and remembers what that was. */
function service() {
  const sent = [];
  const answers = {
    createIncident: () => ({ id: "i1", status: "REPORTED" }),
    startTrackingSession: ({ incidentId }) => ({ id: `session of ${incidentId}` }),
    updateLocation: () => ({ outcome: "STORED", sequence: 2 }),
    updateSessionStatus: () => ({}),
  };
  const execute = async (document, { input }) => {
    const field = Object.keys(answers).find((name) => document.includes(`${name}(`));
    sent.push([field, input]);
    return { [field]: answers[field](input) };
  };
  return { sent, client: { execute } };
}

test("an incident gets a vendor, a watcher and a moving vehicle, and at the end its session is completed", async () => {
  const { sent, client } = service();
  const city = { vendorIds: ["v1"], sessionIds: [] };
  const [watched, acknowledged, steps] = [[], [], []];
  const watchers = { watch: async (id) => watched.push(id), acknowledged: (...each) => acknowledged.push(each) };
  const next = mixOf(KINDS.incidents, client, seededRandom(1), city, watchers, (name) => steps.push(name));
  await next(0)[1](performance.now());

  assert.deepEqual(watched, ["session of i1"]);
  assert.deepEqual(acknowledged[0].slice(0, 2), ["session of i1", 2]);
  assert.deepEqual(steps, ["createIncident", "startTrackingSession", "watcher opened", "updateLocation"]);

  await leaveCity(client, city);
  assert.deepEqual(sent.at(-1), ["updateSessionStatus", { sessionId: "session of i1", status: "COMPLETED" }]);
});
