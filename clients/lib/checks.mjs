// How a script of this project tells what it has checked: one line of JSON a check, which the Java tests read.

/** Prints that something was checked: `failure` is null where it held. */
export function report(name, failure) {
  console.log(JSON.stringify({ name, failure }));
}

/** Runs one check and reports it; what it throws is the failure. A check that does not end within `seconds` fails. */
export async function check(name, run, seconds = 20) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([run(), late]);
    report(name, null);
  } catch (failure) {
    report(name, failure?.stack ?? JSON.stringify(failure) ?? String(failure));
  } finally {
    clearTimeout(timer);
  }
}
