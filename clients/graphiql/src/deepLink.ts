import type { OpenTab } from './openTabs';
import { journey } from './journey';

/** What a link to this page asks for. */
export interface DeepLink extends OpenTab {
  /** The step of the journey, null for a document of the link's own. */
  step: string | null;
  /** Whether to run it at once; never a mutation, which nobody must start by following a link. */
  run: boolean;
}

/**
 * `/graphiql?tab=FollowVehicle&variables={"sessionId":"s1"}&run=1`, or `query=` with a document instead of the tab's name. Null where the
 * link names neither.
 */
export function readDeepLink(url: URL): DeepLink | null {
  const parameters = url.searchParams;
  const step = journey.find((each) => each.name === parameters.get('tab'));
  const document = parameters.get('query');
  const query = document ?? step?.query;
  if (!query) {
    return null;
  }
  const variables = pretty(parameters.get('variables')) ?? step?.variables ?? '';
  return { step: document ? null : (step?.name ?? null), query, variables, run: parameters.get('run') === '1' };
}

/** Variables as somebody would write them; what is no JSON stays as it is, for the editor to say so. */
function pretty(variables: string | null): string | null {
  try {
    return variables === null ? null : JSON.stringify(JSON.parse(variables), null, 2);
  } catch {
    return variables;
  }
}
