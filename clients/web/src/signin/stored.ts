/** With which the names begin that the library of the provider stores for this tab. */
export const STORED = 'towline.signin.provider.';

/** Whether somebody may be signed in: only then the library is loaded. */
export function isSomebodyStored(): boolean {
  return Object.keys(sessionStorage).some((key) => key.startsWith(`${STORED}user:`));
}
