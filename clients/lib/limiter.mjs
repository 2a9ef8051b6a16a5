/**
 * Lets so many calls run at a time; others wait in order.
 *
 * @param {number} most
 * @returns {<R>(work: () => Promise<R>) => Promise<R>}
 */
export function limiter(most) {
  const waiting = [];
  let running = 0;
  return async (work) => {
    if (running === most) {
      // whoever ends hands its place over
      await new Promise((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) {
        next();
      } else {
        running--;
      }
    }
  };
}
