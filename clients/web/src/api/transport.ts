import type { TypedDocumentString } from '../../generated/graphql';
import type { Failure } from './failure';

/** What a stream tells. After `ended` it tells nothing more. */
export interface Sink<T> {
  /** The service has accepted the connection. */
  opened(): void;
  item(data: T): void;
  /** `null`: the stream is complete. */
  ended(failure: Failure | null): void;
}

/** One way to run a subscription. Each has a connection of its own, which ends with it. */
export interface Transport {
  /** Returns what ends the stream, without a word to the sink. */
  subscribe<T, V>(document: TypedDocumentString<T, V>, variables: V, sink: Sink<T>): () => void;
}

/** A connection over which nothing comes for so long is dead: the service gives a sign every 12 seconds. */
export const SILENCE_MS = 30_000;
