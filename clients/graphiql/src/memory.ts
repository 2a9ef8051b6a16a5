/** What the steps of the journey have made, so that a later step needs no id copied by hand. Kept for the next visit. */
interface Made {
  incident?: string;
  vendor?: string;
  session?: string;
  anySession?: string;
}

type Kind = keyof Made;
type Node = { id: string };
type Data = Partial<Record<string, unknown>>;

const KEY = 'towline:made';

const MISSING: Record<Kind, string> = {
  incident: 'no incident yet: run ReportIncident first, or put an id here',
  vendor: 'no free vendor yet: run FindVendor first, or put an id here',
  session: 'no session of yours yet: run AssignVendor first, or put an id here',
  anySession: 'no session is active: run AssignVendor first, or put an id here',
};

/**
 * Replaces the placeholders in `variables`: "@now" by the time, "@incident", "@vendor", "@session" by the id of what was made last, and
 * "@anySession" by that session or, without one, by any that is active, best one that moves.
 *
 * @throws Error where there is nothing to fill in, saying which step makes it
 */
export async function fillIn(variables: unknown): Promise<typeof variables> {
  if (typeof variables === 'string' && variables.startsWith('@')) {
    return variables === '@now' ? new Date().toISOString() : idOf(variables.slice(1) as Kind);
  }
  if (Array.isArray(variables)) {
    return Promise.all(variables.map(fillIn));
  }
  if (typeof variables === 'object' && variables !== null) {
    const entries = Object.entries(variables).map(async ([name, value]) => [name, await fillIn(value)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  return variables;
}

/** Keeps what an answer tells of. */
export function remember(data: unknown) {
  const { createIncident, registerVendor, startTrackingSession, updateSessionStatus, ...lists } = (data ?? {}) as Data;
  const made = read();
  made.incident = (createIncident as Node)?.id ?? made.incident;
  made.vendor = (registerVendor as Node)?.id ?? first(lists.searchVendorsNearby) ?? made.vendor;
  made.session = (startTrackingSession as Node)?.id ?? made.session;
  const moved = updateSessionStatus as (Node & { endedAt?: string }) | undefined;
  if (moved?.endedAt && moved.id === made.session) {
    delete made.session;
  }
  localStorage.setItem(KEY, JSON.stringify(made));
}

function idOf(kind: Kind): string | Promise<string> {
  if (!(kind in MISSING)) {
    return `@${kind}`;
  }
  const made = read();
  if (kind === 'anySession') {
    return made.session ?? activeSession();
  }
  return made[kind] ?? missing(kind);
}

async function activeSession(): Promise<string> {
  const query = `{
    underway: listTrackingSessions(filter: { statuses: [EN_ROUTE] }, first: 1) { edges { node { id } } }
    active: listTrackingSessions(filter: { active: true }, first: 1) { edges { node { id } } }
  }`;
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = await response.json();
  return first(data?.underway) ?? first(data?.active) ?? missing('anySession');
}

function first(connection: unknown): string | undefined {
  return (connection as { edges?: { node: Node }[] })?.edges?.[0]?.node.id;
}

function missing(kind: Kind): never {
  throw new Error(`"@${kind}": ${MISSING[kind]}.`);
}

function read(): Made {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Made;
  } catch {
    return {};
  }
}
