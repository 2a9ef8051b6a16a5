// A job that a test makes and drives through the API, as a dispatcher.
import { graphQlClient } from '../lib/graphql.mjs';

const START = { latitude: 30.29, longitude: -97.742 };
/** Where the vehicle drives to, and why. */
export const INCIDENT = {
  kind: 'TIRE',
  position: { latitude: 30.2672, longitude: -97.7431 },
  description: 'Front left, on the shoulder, hazard lights on',
};
/** 20 m/s at a fix each half second. */
const DEGREES_PER_FIX = 0.00009;
const FIX_EVERY_MS = 500;

/** One session; its vehicle drives south once `drive` was called. */
export class Job {
  #api;
  #timer;
  #fixes = 0;

  constructor(api, id, vendor) {
    this.#api = api;
    this.id = id;
    this.vendor = vendor;
  }

  /** `startedAt`: for one that was entered late; `headers`: the dispatcher's; `vendorId`: for a vendor of its own. */
  static async start(service, startedAt, { headers = {}, vendorId } = {}) {
    const api = graphQlClient({ url: `${service}/graphql`, headers });
    const vendor = await make(api, 'registerVendor', 'RegisterVendorInput!', {
      id: vendorId,
      name: 'Lone Star Tire & Tow',
      phone: '+1 512 555 0144',
      capabilities: ['TIRE_REPAIR', 'TOWING'],
      rating: 4.7,
      position: START,
    });
    const incident = await make(api, 'createIncident', 'CreateIncidentInput!', INCIDENT);
    const session = await make(api, 'startTrackingSession', 'StartTrackingSessionInput!', {
      incidentId: incident.id,
      vendorId: vendor.id,
      startedAt,
    });
    return new Job(api, session.id, vendor.id);
  }

  async reach(status) {
    await make(this.#api, 'updateSessionStatus', 'UpdateSessionStatusInput!', { sessionId: this.id, status });
  }

  /** Sends one fix and returns when it was recorded. */
  async fix(recordedMs = Date.now()) {
    const location = {
      latitude: START.latitude - DEGREES_PER_FIX * this.#fixes++,
      longitude: START.longitude,
      recordedAt: new Date(recordedMs).toISOString(),
      speedMetersPerSecond: 20,
      headingDegrees: 180,
    };
    await this.#api.execute('mutation($input: UpdateLocationInput!) { updateLocation(input: $input) { outcome } }', {
      input: { sessionId: this.id, location },
    });
  }

  /** Returns once the vehicle has a position. */
  async drive() {
    await this.reach('EN_ROUTE');
    await this.fix();
    const next = async () => {
      await this.fix();
      this.#timer &&= setTimeout(next, FIX_EVERY_MS);
    };
    this.#timer = setTimeout(next, FIX_EVERY_MS);
    return this;
  }

  park() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Another incident at the same place, which nobody has. */
  another(description) {
    return make(this.#api, 'createIncident', 'CreateIncidentInput!', { kind: 'BATTERY', position: INCIDENT.position, description });
  }

  /** Another job for the same vendor, which has to be free. */
  async next() {
    const incident = await make(this.#api, 'createIncident', 'CreateIncidentInput!', { kind: 'BATTERY', position: INCIDENT.position });
    const session = await make(this.#api, 'startTrackingSession', 'StartTrackingSessionInput!', {
      incidentId: incident.id,
      vendorId: this.vendor,
    });
    return new Job(this.#api, session.id, this.vendor);
  }

  /** What is stored of its way, and its status. */
  async stored() {
    const { session } = await this.#api.execute(
      'query($id: ID!) { session: getTrackingSession(id: $id) { status trail(first: 100) { edges { node { latitude recordedAt } } } } }',
      { id: this.id },
    );
    return { status: session.status, trail: session.trail.edges.map(({ node }) => node) };
  }

  /** The incidents that are open, and those of active sessions, in the tenant of this job. */
  async open() {
    const { incidents, sessions } = await this.#api.execute(`{
      incidents: listIncidents(filter: {statuses: [REPORTED, ASSIGNED, IN_PROGRESS]}, first: 100) { edges { node { id } } }
      sessions: listTrackingSessions(filter: {active: true}, first: 100) { edges { node { incident { id } } } }
    }`);
    return { incidents: incidents.edges.map(({ node }) => node.id), sessions: sessions.edges.map(({ node }) => node.incident.id) };
  }

  /** A link of an hour. */
  share() {
    return make(this.#api, 'createShareLink', 'CreateShareLinkInput!', { sessionId: this.id, expiresInMinutes: 60 }, 'id url');
  }

  async revoke({ id }) {
    await make(this.#api, 'revokeShareLink', 'RevokeShareLinkInput!', { shareLinkId: id });
  }
}

async function make(api, mutation, type, input, fields = 'id') {
  const { made } = await api.execute(`mutation($input: ${type}) { made: ${mutation}(input: $input) { ${fields} } }`, { input });
  return made;
}
