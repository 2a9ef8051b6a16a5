const EXAMPLES = 5;

/**
 * Holds answers against what had been promised when their queries began.
 *
 * (a) An instance answers nothing older than what it has acknowledged. (b) Nobody who says what they have seen gets anything older.
 *
 * @returns {Freshness}
 *
 * @typedef {object} Freshness
 * @property {(instance: number, session: number, version: number) => void} acknowledged
 * @property {(instance: number, session: number, seen?: number) => (version: number) => void} begun to be called before a query is sent,
 *   and what it returns with the answer
 * @property {() => {answers: number, ownWrites: number, seen: number, withSeen: number, examples: string[]}} found how many answers
 *   were looked at, and how many broke (a) and (b)
 */
export function freshness() {
  const newest = new Map();
  const found = { answers: 0, withSeen: 0, ownWrites: 0, seen: 0, examples: [] };
  const violated = (promise, text) => {
    found[promise]++;
    if (found.examples.length < EXAMPLES) {
      found.examples.push(text);
    }
  };
  return {
    acknowledged: (instance, session, version) => {
      const name = `${instance} ${session}`;
      newest.set(name, Math.max(newest.get(name) ?? 0, version));
    },
    begun: (instance, session, seen) => {
      const acknowledged = newest.get(`${instance} ${session}`) ?? 0;
      return (version) => {
        found.answers++;
        found.withSeen += seen === undefined ? 0 : 1;
        if (version < acknowledged) {
          const text = `(a) instance ${instance} answered version ${version} of session ${session}`;
          violated("ownWrites", `${text} after it had acknowledged ${acknowledged}`);
        }
        if (seen !== undefined && version < seen) {
          const text = `(b) instance ${instance} answered version ${version} of session ${session}`;
          violated("seen", `${text} to somebody who had seen ${seen}`);
        }
      };
    },
    found: () => found,
  };
}
