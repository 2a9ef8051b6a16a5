import type { DeepLink } from './deepLink';
import { journey } from './journey';

/** What stands in the editors of a tab. */
export interface OpenTab {
  query: string;
  variables: string;
}

// where GraphiQL keeps its tabs, and what it shows instead of the tab in front
const TABS = 'graphiql:tabState';
const IN_FRONT = ['graphiql:query', 'graphiql:variables'];

interface StoredTab extends OpenTab {
  id: string;
  title: string;
  hash: null;
  headers: null;
  operationName: string | null;
  response: null;
}

/**
 * Makes sure that the tabs are there: those of the last visit, the journey at the first one, and the one that `link` describes.
 * GraphiQL itself cannot do both, open its default tabs and a certain one.
 *
 * @returns the tab that is to be in front
 */
export function openTabs(link: DeepLink | null): OpenTab {
  const stored = read();
  const tabs = stored?.tabs ?? journey.map(({ name, query, variables }) => tab(name, query, variables));
  const front = link ? place(link, tabs) : (stored?.activeTabIndex ?? 0);
  IN_FRONT.forEach((key) => localStorage.removeItem(key));
  localStorage.setItem(TABS, JSON.stringify({ tabs, activeTabIndex: front }));
  const active = tabs[front];
  return { query: active?.query ?? '', variables: active?.variables ?? '' };
}

/** Takes the tab of that step or document where there is one, so that following links does not pile up tabs. */
function place({ step, query, variables }: DeepLink, tabs: StoredTab[]): number {
  const there = tabs.find((each) => (step ? each.operationName === step : each.query === query));
  if (!there) {
    return tabs.push(tab(operationName(query), query, variables)) - 1;
  }
  there.variables = variables;
  return tabs.indexOf(there);
}

function read(): { tabs: StoredTab[]; activeTabIndex: number } | null {
  try {
    const stored = JSON.parse(localStorage.getItem(TABS) ?? 'null');
    return stored?.tabs?.length ? stored : null;
  } catch {
    return null;
  }
}

function tab(name: string | null, query: string, variables: string): StoredTab {
  const id = `${Date.now()}-${Math.random()}`;
  return { id, title: name ?? '<untitled>', query, variables, operationName: name, hash: null, headers: null, response: null };
}

function operationName(document: string): string | null {
  return /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(document)?.[1] ?? null;
}
