// A tenant of its own, with vendors and incidents that a test makes through the API.
import { graphQlClient } from '../lib/graphql.mjs';

/** Of the demo's city. */
export const CENTRE = { latitude: 30.2672, longitude: -97.7431 };
const DEGREES_PER_KM = 1 / 111.2;

let towns = 0;

export class Town {
  #api;

  constructor(service) {
    this.tenant = `town-${process.pid}-${++towns}`;
    this.service = service;
    this.#api = graphQlClient({ url: `${service}/graphql`, headers: { 'X-Towline-Local-Tenant': this.tenant } });
  }

  /** The credentials of somebody of this town, as the sign-in of the pages stores them. */
  async signIn({ role = 'DISPATCHER', subject = 'dana' } = {}) {
    const choice = { role, subject, tenant: this.tenant };
    const response = await fetch(`${this.service}/local/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(choice),
    });
    const { token, expiresAt } = await response.json();
    return JSON.stringify({ choice, token: { text: token, expiresMs: Date.parse(expiresAt) } });
  }

  vendor(name, kmNorth, { capabilities = ['TIRE_REPAIR', 'TOWING'], ...other } = {}) {
    const position = north(CENTRE, kmNorth);
    return this.#make('registerVendor', 'RegisterVendorInput!', { name, capabilities, position, phone: '+1 512 555 0144', rating: 4.7, ...other });
  }

  incident(description, { kind = 'TIRE', position = CENTRE } = {}) {
    return this.#make('createIncident', 'CreateIncidentInput!', { kind, position, description });
  }

  /** One that began so long ago, and is entered now. */
  session(incident, vendor, secondsAgo = 0) {
    const startedAt = secondsAgo > 0 ? new Date(Date.now() - secondsAgo * 1000).toISOString() : undefined;
    return this.#make('startTrackingSession', 'StartTrackingSessionInput!', { incidentId: incident.id, vendorId: vendor.id, startedAt });
  }

  /** An incident that a vendor has. */
  async job(description, vendor, place) {
    return this.session(await this.incident(description, place), vendor);
  }

  reach({ id }, status) {
    return this.#make('updateSessionStatus', 'UpdateSessionStatusInput!', { sessionId: id, status });
  }

  /** A fix so far north of the centre, of now or earlier. */
  async fix({ id }, kmNorth, secondsAgo = 0) {
    const location = {
      ...north(CENTRE, kmNorth),
      recordedAt: new Date(Date.now() - secondsAgo * 1000).toISOString(),
      speedMetersPerSecond: 15,
      headingDegrees: 180,
    };
    await this.#api.execute('mutation($input: UpdateLocationInput!) { updateLocation(input: $input) { outcome } }', { input: { sessionId: id, location } });
  }

  async ask(query) {
    return this.#api.execute(query);
  }

  close() {
    this.#api.close();
  }

  async #make(mutation, type, input) {
    const { made } = await this.#api.execute(`mutation($input: ${type}) { made: ${mutation}(input: $input) { id } }`, { input });
    return { ...made, ...input };
  }
}

function north({ latitude, longitude }, km) {
  return { latitude: latitude + km * DEGREES_PER_KM, longitude };
}
