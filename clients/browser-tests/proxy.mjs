// A network between the browser and the service that can fail.
import { connect, createServer } from 'node:net';
import { once } from 'node:events';

/** Passes connections of 127.0.0.1 on to a service. */
export class Proxy {
  #server;
  #connections = new Set();
  #refusing = false;
  #blocksSockets;

  /** `blocksSockets`: WebSockets are cut off when they open, as some networks do. */
  constructor(service, { blocksSockets = false } = {}) {
    const { hostname, port } = new URL(service);
    this.#blocksSockets = blocksSockets;
    this.#server = createServer((client) => {
      if (this.#refusing) {
        client.destroy();
        return;
      }
      const upstream = connect(port, hostname);
      for (const [from, to] of [[client, upstream], [upstream, client]]) {
        this.#connections.add(from);
        from.on('error', () => {});
        from.on('close', () => {
          this.#connections.delete(from);
          to.destroy();
        });
        from.on('data', (bytes) => {
          if (this.#blocksSockets && from === client && /^upgrade: websocket/im.test(bytes.toString('latin1'))) {
            client.destroy();
          } else {
            to.write(bytes);
          }
        });
      }
    });
  }

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.base = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  /** Cuts all connections without a word, and refuses new ones until `mend`. */
  cut() {
    this.#refusing = true;
    this.#connections.forEach((connection) => connection.destroy());
  }

  mend() {
    this.#refusing = false;
  }

  stop() {
    this.cut();
    this.#server.close();
  }
}
