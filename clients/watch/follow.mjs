// Prints the updates of sessions, one JSON line each, until all sessions have ended. Each session is watched over a connection of its own:
// node clients/watch/follow.mjs ws://one.example/graphql,ws://two.example/graphql SESSION...
import WebSocket from 'ws';
import { connectTo, watch } from './watch.mjs';

const [urls, ...sessions] = process.argv.slice(2);

async function follow(sessionId, watcher) {
  const client = connectTo(urls.split(','), { webSocketImpl: WebSocket });
  for await (const update of watch(client, sessionId)) {
    console.log(JSON.stringify({ watcher, sessionId, ...update }));
  }
}

await Promise.all(sessions.map(follow));
