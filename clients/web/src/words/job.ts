import type { Capability, IncidentKind, SessionStatus } from '../../generated/graphql';

export const KINDS: Record<IncidentKind, string> = {
  TIRE: 'Flat tyre',
  ENGINE: 'Engine trouble',
  BATTERY: 'Flat battery',
  FUEL: 'Out of fuel',
  LOCKOUT: 'Locked out',
  COLLISION: 'Collision',
  STUCK: 'Stuck',
  OTHER: 'Roadside help',
};

export const ABILITIES: Record<Capability, string> = {
  TIRE_REPAIR: 'Tyre repair',
  BATTERY_JUMP: 'Battery jump',
  FUEL_DELIVERY: 'Fuel delivery',
  LOCKOUT: 'Door opening',
  ENGINE_REPAIR: 'Engine repair',
  TOWING: 'Towing',
  WINCHING: 'Winching',
};

/** The steps of a job, in their order. */
export const STEPS: readonly (readonly [SessionStatus, string])[] = [
  ['ASSIGNED', 'Assigned'],
  ['EN_ROUTE', 'On the way'],
  ['ARRIVED', 'Arrived'],
  ['IN_SERVICE', 'At work'],
  ['COMPLETED', 'Done'],
];

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
