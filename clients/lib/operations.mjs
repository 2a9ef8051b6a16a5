/** Every GraphQL operation that the commands send, in one place: what the contract must go on accepting. */

export const registerVendor = `mutation RegisterVendor($input: RegisterVendorInput!) {
  registerVendor(input: $input) { id availability }
}`;

export const setVendorAvailability = `mutation SetVendorAvailability($input: SetVendorAvailabilityInput!) {
  setVendorAvailability(input: $input) { id availability }
}`;

export const createIncident = `mutation CreateIncident($input: CreateIncidentInput!) {
  createIncident(input: $input) { id kind status position { latitude longitude } createdAt version }
}`;

export const startTrackingSession = `mutation StartTrackingSession($input: StartTrackingSessionInput!) {
  startTrackingSession(input: $input) { id status startedAt }
}`;

export const updateSessionStatus = `mutation UpdateSessionStatus($input: UpdateSessionStatusInput!) {
  updateSessionStatus(input: $input) { id status }
}`;

export const updateLocation = `mutation UpdateLocation($input: UpdateLocationInput!) {
  updateLocation(input: $input) { outcome sequence reason session { id currentLocation { recordedAt } eta { durationSeconds } } }
}`;

export const updateLocations = `mutation UpdateLocations($input: UpdateLocationsInput!) {
  updateLocations(input: $input) { outcome sequence reason }
}`;

export const getTrackingSession = `query GetTrackingSession($id: ID!) {
  getTrackingSession(id: $id) { id status currentLocation { latitude longitude recordedAt sequence } }
}`;

export const reportLocation = `mutation ReportLocation($input: UpdateLocationInput!) {
  updateLocation(input: $input) { outcome reason session { status eta { durationSeconds } } }
}`;

export const reportLocations = `mutation ReportLocations($input: UpdateLocationsInput!) {
  updateLocations(input: $input) { outcome reason }
}`;

export const whetherItAnswers = "query WhetherItAnswers { __typename }";

export const followTrackingSession = `query FollowTrackingSession($id: ID!) {
  getTrackingSession(id: $id) {
    id status version sequence currentLocation { latitude longitude recordedAt } eta { durationSeconds }
  }
}`;

export const moveVehicle = `mutation MoveVehicle($input: UpdateLocationInput!) {
  updateLocation(input: $input) { outcome reason session { id version sequence } }
}`;

export const getVendor = `query GetVendor($id: ID!) {
  getVendor(id: $id) {
    id name phone capabilities rating availability position { latitude longitude } serviceRadiusMiles updatedAt version
  }
}`;

export const searchVendorsNearby = `query SearchVendorsNearby(
  $near: PositionInput!, $radiusMiles: Float!, $filter: VendorFilter, $first: Int
) {
  searchVendorsNearby(near: $near, radiusMiles: $radiusMiles, filter: $filter, first: $first) {
    totalCount
    edges { cursor distanceMiles node { id name capabilities rating availability position { latitude longitude } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
