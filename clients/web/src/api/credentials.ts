/** Who the viewer is: what every request and every connection tells the service. */
export interface Credentials {
  /** The headers of a request, which are also the payload of `connection_init`. */
  headers(): Record<string, string>;
  /** Gets a new credential after the service refused or ended the present one. False if there is no other. */
  renew(): Promise<boolean>;
}

/** No credential: whoever the service takes an unknown visitor for. */
export const anonymous: Credentials = { headers: () => ({}), renew: async () => false };

/** The secret of a share link. */
export function shareLink(secret: string): Credentials {
  return { headers: () => ({ 'X-Towline-Share': secret }), renew: async () => false };
}
