/** What an address of this page asks for. */
export type Target = { readonly sessionId: string } | { readonly shareSecret: string } | null;

/** `/track/<session>`, or `/track#<share secret>`: a fragment never leaves the browser by itself. */
export function targetOf({ pathname, hash }: { readonly pathname: string; readonly hash: string }): Target {
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
