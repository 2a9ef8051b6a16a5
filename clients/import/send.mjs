import { createReadStream } from "node:fs";
import http from "node:http";
import https from "node:https";
import { pipeline } from "node:stream/promises";
import { Transform } from "node:stream";
import { createGzip } from "node:zlib";
import { CallFailed } from "../lib/graphql.mjs";

/** The whole file must have been stored by then; the service has a limit of its own. */
const LONGEST_MS = 20 * 60_000;

/**
 * Sends a file, packed, to the path `/imports` beside the GraphQL endpoint. The service stores it part by part, and no part twice.
 *
 * @param {import("./file.mjs").ImportFile} file
 * @param {{url: string}} values
 * @param {() => Record<string, string>} headers credentials
 * @param {(bytes: number) => void} onSent how many bytes of the file have been sent
 * @returns {Promise<{uploadId: string, rows: number}>} rejects with CallFailed
 */
export async function sendFile(file, { url }, headers, onSent) {
  const target = new URL("/imports", url);
  const transport = target.protocol === "https:" ? https : http;
  const request = transport.request(target, {
    method: "POST",
    headers: { ...headers(), "Content-Type": file.mediaType, "Content-Encoding": "gzip", Accept: "application/json" },
  });
  const timer = setTimeout(() => request.destroy(new CallFailed("TIMEOUT", `the file was not stored in ${LONGEST_MS} ms`)), LONGEST_MS);
  try {
    const answered = answerOf(request);
    // A service that refuses the file answers before it has all of it, and may close the connection; then its answer counts.
    const sent = pipeline(createReadStream(file.path), counting(onSent), ...(file.isPacked ? [] : [createGzip()]), request).catch(
      (failure) => answered.catch(() => Promise.reject(failure)),
    );
    const [answer] = await Promise.all([answered, sent]);
    return answer;
  } catch (failure) {
    throw failure instanceof CallFailed ? failure : new CallFailed(failure.code ?? "NETWORK", failure.message || target.href);
  } finally {
    clearTimeout(timer);
  }
}

function counting(onSent) {
  let bytes = 0;
  return new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length;
      onSent(bytes);
      done(null, chunk);
    },
  });
}

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", async (response) => {
      try {
        let text = "";
        response.setEncoding("utf8");
        for await (const chunk of response) {
          text += chunk;
        }
        const answer = parsed(text);
        if (answer?.uploadId) {
          resolve(answer);
          return;
        }
        const [first] = answer?.errors ?? [];
        const seconds = first?.extensions?.retryAfterSeconds;
        reject(
          new CallFailed(first?.extensions?.code ?? `HTTP_${response.statusCode}`, first?.message ?? text.slice(0, 200), {
            retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : undefined,
            isGraphQl: first !== undefined,
          }),
        );
      } catch (failure) {
        reject(failure);
      }
    });
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
