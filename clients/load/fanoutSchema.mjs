/** The part of the contract that the fan-out run uses, for the peer, and the operations that it sends to every server. */
export const SCHEMA = `
  type Query { ready: Boolean! }
  type Mutation { updateLocation(input: UpdateLocationInput!): LocationResult! }
  type Subscription { onTrackingUpdated(sessionId: ID!): TrackingUpdate! }
  input UpdateLocationInput { sessionId: ID!, location: LocationInput! }
  input LocationInput {
    latitude: Float!, longitude: Float!, recordedAt: String!
    speedMetersPerSecond: Float, headingDegrees: Float, accuracyMeters: Float
  }
  type LocationResult { outcome: String!, sequence: Int, reason: String }
  type TrackingUpdate {
    kind: String!, sequence: Int!, missed: Int, at: String!, status: String!, location: TrackedLocation, eta: Eta
  }
  type TrackedLocation {
    latitude: Float!, longitude: Float!, recordedAt: String!, headingDegrees: Float, speedMetersPerSecond: Float
  }
  type Eta { arrivesAt: String!, durationSeconds: Int!, distanceMeters: Float! }
`;

export const MOVE = `mutation Move($input: UpdateLocationInput!) { updateLocation(input: $input) { outcome sequence reason } }`;

const SELECTION = `kind sequence missed at status
    location { latitude longitude recordedAt headingDegrees speedMetersPerSecond }
    eta { arrivesAt durationSeconds distanceMeters }`;

export const WATCH = `subscription Watch($id: ID!) {
  onTrackingUpdated(sessionId: $id) { ${SELECTION} }
}`;

/** For the service only. */
export const RESUME = `subscription Resume($id: ID!, $after: Int) {
  onTrackingUpdated(sessionId: $id, after: $after) { ${SELECTION} }
}`;
