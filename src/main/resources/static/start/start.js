// What the start page asks the service: an active session, best one that moves, and whether it is ready.
import { distance, localeOf } from './distance.js';

const ACTIVE_SESSION = `{
  underway: listTrackingSessions(filter: { statuses: [EN_ROUTE] }, first: 1) { edges { node { ...Shown } } }
  active: listTrackingSessions(filter: { active: true }, first: 1) { edges { node { ...Shown } } }
}
fragment Shown on TrackingSession { id status vendor { name } incident { kind description } eta { distanceMeters } }`;
const READINESS = '/actuator/health/readiness';
const HEALTH_EVERY_MS = 5_000;

const PARTS = { readinessState: 'service', dynamodb: 'DynamoDB', redis: 'Redis' };

const STATUS = {
  ASSIGNED: 'has a job:',
  EN_ROUTE: 'is on the way to',
  ARRIVED: 'has arrived at',
  IN_SERVICE: 'is at work on',
};

const element = (id) => document.getElementById(id);

async function showSession() {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ACTIVE_SESSION }),
    });
    const { data, errors } = await response.json();
    const session = (data?.underway.edges[0] ?? data?.active.edges[0])?.node;
    if (errors || !data) {
      say('unknown', `The service did not tell: ${errors?.[0]?.message ?? response.status}`);
    } else if (session) {
      say('active', sentence(session), session.id);
    } else {
      say('none', 'No session is active: nobody is on the way to anybody. Start one in GraphiQL, it takes four tabs.');
    }
  } catch {
    say('unknown', 'The service does not answer.');
  }
}

function say(state, text, session) {
  element('live').dataset.state = state;
  element('live-text').textContent = text;
  for (const [id, link] of Object.entries({ 'live-link': onMap, 'live-graphiql': inGraphiQl })) {
    element(id).hidden = !session;
    if (session) {
      element(id).href = link(session);
    }
  }
}

function sentence({ status, vendor, incident, eta }) {
  const what = incident.description ? `“${incident.description}”` : `an incident (${incident.kind.toLowerCase()})`;
  const left = eta ? `, ${distance(eta.distanceMeters, localeOf(navigator.languages))} to go` : '';
  return `${vendor.name} ${STATUS[status] ?? 'sees to'} ${what}${left}.`;
}

function onMap(session) {
  return `/track/${encodeURIComponent(session)}`;
}

function inGraphiQl(session) {
  return `/graphiql?${new URLSearchParams({ tab: 'FollowVehicle', variables: JSON.stringify({ sessionId: session }), run: '1' })}`;
}

async function showHealth() {
  try {
    const { status, components } = await (await fetch(READINESS)).json();
    const parts = Object.entries(components ?? {}).map(([name, part]) => `${PARTS[name] ?? name} ${part.status.toLowerCase()}`);
    tellHealth(status === 'UP' ? 'up' : 'down', status === 'UP' ? 'ready' : status.toLowerCase(), parts.join(', '));
  } catch {
    tellHealth('down', 'no answer', 'The service does not answer.');
  }
}

function tellHealth(state, word, detail) {
  element('health').dataset.state = state;
  element('health').textContent = word;
  element('health-text').textContent = detail;
}

element('curl').textContent = element('curl').textContent.replace('localhost:8080', window.location.origin);
showSession();
showHealth();
setInterval(() => document.hidden || showHealth(), HEALTH_EVERY_MS);
