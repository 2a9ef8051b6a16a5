import assignVendor from './4-assign-vendor.graphql?raw';
import findVendor from './3-find-vendor.graphql?raw';
import finishJob from './7-finish-job.graphql?raw';
import followVehicle from './6-follow-vehicle.graphql?raw';
import lookAround from './1-look-around.graphql?raw';
import moveVehicle from './5-move-vehicle.graphql?raw';
import reportIncident from './2-report-incident.graphql?raw';

/** One tab: the operation's name, the document, and the variables as text. */
export interface Step {
  name: string;
  query: string;
  variables: string;
}

const AT_THE_CAPITOL = { latitude: 30.2747, longitude: -97.7404 };

/** The life of a job, one step a tab. `@…` is filled in when it runs: see memory.ts. */
export const journey: Step[] = [
  step('LookAround', lookAround, { first: 5 }),
  step('ReportIncident', reportIncident, {
    input: { kind: 'TIRE', position: AT_THE_CAPITOL, description: 'Flat tyre, front left' },
  }),
  step('FindVendor', findVendor, { near: AT_THE_CAPITOL, radiusMiles: 25 }),
  step('AssignVendor', assignVendor, { incidentId: '@incident', vendorId: '@vendor' }),
  step('MoveVehicle', moveVehicle, {
    sessionId: '@session',
    location: {
      latitude: 30.2515,
      longitude: -97.7538,
      recordedAt: '@now',
      speedMetersPerSecond: 12,
      headingDegrees: 27,
    },
  }),
  step('FollowVehicle', followVehicle, { sessionId: '@anySession' }),
  step('FinishJob', finishJob, { sessionId: '@session', status: 'COMPLETED' }),
];

function step(name: string, query: string, variables: object): Step {
  return { name, query: query.trimEnd(), variables: JSON.stringify(variables, null, 2) };
}
