/**
 * Lets so many pass at a time; the others wait for their turn.
 *
 * @param {number} most
 * @returns {<T>(work: () => Promise<T>) => Promise<T>}
 */
export function gate(most) {
  let inside = 0;
  const waiting = [];
  return async (work) => {
    if (inside >= most) {
      await new Promise((resolve) => waiting.push(resolve));
    } else {
      inside++;
    }
    try {
      return await work();
    } finally {
      // Whoever waits takes the place over.
      const next = waiting.shift();
      if (next) {
        next();
      } else {
        inside--;
      }
    }
  };
}
