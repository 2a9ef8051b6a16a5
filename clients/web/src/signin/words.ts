import type { Role } from '../../generated/graphql';

export const ROLES: Record<Role, string> = {
  OPERATOR: 'Operator',
  DISPATCHER: 'Dispatcher',
  VENDOR: 'Vendor',
  CALLER: 'Caller',
  GUEST: 'Guest',
};
