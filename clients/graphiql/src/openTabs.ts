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
 * Makes sure that the tabs are there: those of the last visit, the journey at the first one, and the one that `wanted` describes.
 * GraphiQL itself cannot do both, open its default tabs and a certain one.
 *
 * @returns the tab that is to be in front
 */
export function openTabs(wanted: OpenTab | null): OpenTab {
  const stored = read();
  const tabs = stored?.tabs ?? journey.map(({ name, query, variables }) => tab(name, query, variables));
  let front = stored?.activeTabIndex ?? 0;
  if (wanted) {
    front = tabs.findIndex(({ query, variables }) => query === wanted.query && variables === wanted.variables);
    if (front < 0) {
      front = tabs.push(tab(operationName(wanted.query), wanted.query, wanted.variables)) - 1;
    }
  }
  IN_FRONT.forEach((key) => localStorage.removeItem(key));
  localStorage.setItem(TABS, JSON.stringify({ tabs, activeTabIndex: front }));
  const active = tabs[front];
  return { query: active?.query ?? '', variables: active?.variables ?? '' };
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
