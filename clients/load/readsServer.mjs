import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Connections } from "./readsConnections.mjs";

/** A server of the run, in a process of its own on this machine, and connections to it. */
export class ReadsServer {
  #stop;

  /**
   * @param {object} settings
   * @param {string} settings.name
   * @param {string} settings.url of its endpoint
   * @param {number} settings.pid
   * @param {number} settings.connections to it, at most
   * @param {() => void} [settings.stop]
   */
  constructor({ name, url, pid, connections, stop = () => {} }) {
    this.name = name;
    this.url = url;
    this.pid = pid;
    this.connections = new Connections(url, connections);
    this.#stop = stop;
  }

  /** Starts a server of this folder. @param {string} name @param {string} file @param {object} session that it answers with @param {number} connections */
  static async start(name, file, session, connections) {
    const child = fork(join(import.meta.dirname, file), { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.send(session);
    const [{ port }] = await once(child, "message");
    return new ReadsServer({ name, url: `http://127.0.0.1:${port}/graphql`, pid: child.pid, connections, stop: () => child.kill() });
  }

  close() {
    this.connections.close();
    this.#stop();
  }
}
