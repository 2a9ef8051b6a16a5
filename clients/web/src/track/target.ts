import type { Target } from '../session/tracking';

/** What an address of this page asks for: `/track/<session>`, or `/track#<share secret>`: a fragment never leaves the browser by itself. */
export function targetOf({ pathname, hash }: { readonly pathname: string; readonly hash: string }): Target | null {
  const sessionId = decoded(pathname.replace(/^\/track\/?/, '').replace(/\/$/, ''));
  if (sessionId) {
    return { sessionId };
  }
  const shareSecret = decoded(hash.slice(1));
  return shareSecret ? { shareSecret } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
