import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { graphQlClient } from "../lib/graphql.mjs";

/**
 * Starts the baseline server in a process of its own, on loopback, on a free port.
 *
 * @returns {Promise<{call: () => Promise<unknown>, stop: () => void}>}
 */
export async function startPeer() {
  const child = fork(join(import.meta.dirname, "peer.mjs"));
  const [{ port }] = await once(child, "message");
  const client = graphQlClient({ url: `http://127.0.0.1:${port}/` });
  return {
    call: () => client.execute("{ peer { id name version } }"),
    stop: () => {
      client.close();
      child.kill();
    },
  };
}
