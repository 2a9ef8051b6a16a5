// How a script tells what it has checked: one line of JSON a check, which the Java tests read.

const LIMIT_SECONDS = 60;

/** Runs one check and reports it: `failure` is null where it held. */
export async function check(name, run) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${LIMIT_SECONDS} s`)), LIMIT_SECONDS * 1000);
  });
  try {
    await Promise.race([run(), late]);
    console.log(JSON.stringify({ name, failure: null }));
  } catch (failure) {
    console.log(JSON.stringify({ name, failure: failure?.stack ?? String(failure) }));
  } finally {
    clearTimeout(timer);
  }
}
