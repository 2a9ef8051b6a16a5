/** The query of the runs of reads.mjs, and the part of the contract that Mercurius needs to answer it. */

/** What the tracking screen shows, in one query of which every field may come from memory. */
export const TRACKING = `query Tracking($id: ID!) {
  getTrackingSession(id: $id) {
    id status version sequence startedAt
    currentLocation { latitude longitude recordedAt headingDegrees speedMetersPerSecond }
    eta { arrivesAt durationSeconds distanceMeters }
    incident { id kind status position { latitude longitude } }
    vendor { id name phone rating }
  }
}`;

export const SCHEMA = `
  type Query { getTrackingSession(id: ID!): TrackingSession }
  type TrackingSession {
    id: ID!, status: String!, version: Int!, sequence: Int!, startedAt: String!
    currentLocation: TrackedLocation, eta: Eta, incident: Incident!, vendor: Vendor!
  }
  type TrackedLocation {
    latitude: Float!, longitude: Float!, recordedAt: String!, headingDegrees: Float, speedMetersPerSecond: Float
  }
  type Eta { arrivesAt: String!, durationSeconds: Int!, distanceMeters: Float! }
  type Incident { id: ID!, kind: String!, status: String!, position: Position! }
  type Position { latitude: Float!, longitude: Float! }
  type Vendor { id: ID!, name: String!, phone: String!, rating: Float }
`;
