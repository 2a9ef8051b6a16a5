import { randomUUID } from "node:crypto";

const JOB = "id status progress rowsDone rowsTotal rowsChanged errorCount errors { line reason } warnings startedAt endedAt";

const START = `mutation($input: StartVendorImportInput!) { startVendorImport(input: $input) { ${JOB} } }`;
const GET = `query($id: ID!) { getJob(id: $id) { ${JOB} } }`;

/** The longest token that the service takes is 64 characters. */
const HASH_IN_TOKEN = 27;

/** Those of jobs that will not go on. */
const BROKEN = new Set(["FAILED", "CANCELLED"]);

export const hasEnded = ({ status }) => status === "SUCCEEDED" || BROKEN.has(status);

/**
 * The token of the import of a file: the same for the same file, so that the same command finds the same job. After a job that broke off
 * comes another token, which follows from that job.
 *
 * @param {string} sha256
 * @param {string} [brokenJobId]
 */
export function tokenOf(sha256, brokenJobId) {
  return [sha256.slice(0, HASH_IN_TOKEN), brokenJobId].filter(Boolean).join(":");
}

/**
 * Starts the import of a file, or finds the one that there is. The file is sent only if the service does not have it.
 *
 * @param {{execute: (query: string, variables: object) => Promise<any>}} client
 * @param {import("./file.mjs").ImportFile} file
 * @param {boolean} again whether an import that has ended counts as none
 * @param {<R>(call: () => Promise<R>) => Promise<R>} patiently repeats a call while it fails for a time
 * @param {() => Promise<unknown>} send sends the file
 * @returns {Promise<{job: any, isOld: boolean}>} isOld: it had ended before
 */
export async function startOrFind(client, file, again, patiently, send) {
  let token = again ? randomUUID() : tokenOf(file.sha256);
  let first = true;
  for (;;) {
    const job = await start(client, file, token, patiently, send);
    if (!BROKEN.has(job.status)) {
      return { job, isOld: first && job.status === "SUCCEEDED" };
    }
    first = false;
    token = tokenOf(file.sha256, job.id);
  }
}

async function start(client, file, clientToken, patiently, send) {
  const input = { uploadId: file.uploadId, clientToken };
  const begin = async () => (await client.execute(START, { input })).startVendorImport;
  try {
    return await patiently(begin);
  } catch (failure) {
    if (failure.code !== "NOT_FOUND") {
      throw failure;
    }
    await patiently(send);
    return patiently(begin);
  }
}

/**
 * Follows a job to its end.
 *
 * @param {{execute: (query: string, variables: object) => Promise<any>}} client
 * @param {any} job as it is now
 * @param {<R>(call: () => Promise<R>) => Promise<R>} patiently
 * @param {{pause: () => Promise<unknown>, onProgress: (job: any) => void}} settings
 * @returns {Promise<any>} the job as it ended
 */
export async function follow(client, job, patiently, { pause, onProgress }) {
  let now = job;
  onProgress(now);
  while (!hasEnded(now)) {
    await pause();
    const { getJob } = await patiently(() => client.execute(GET, { id: job.id }));
    if (getJob === null) {
      throw new Error(`job ${job.id} does not exist any more`);
    }
    now = getJob;
    onProgress(now);
  }
  return now;
}
