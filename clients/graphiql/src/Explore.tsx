import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { journeyFetcher } from './fetcher';
import type { OpenTab } from './openTabs';
import { DriveOn } from './DriveOn';
import { RunAtOnce } from './RunAtOnce';

const plugins = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];
const fetcher = journeyFetcher();

/** GraphiQL with `active` in front, and run already where a link says so. */
export function Explore({ active, runAtOnce }: { active: OpenTab; runAtOnce: boolean }) {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      initialQuery={active.query}
      initialVariables={active.variables}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>
        <a className="towline" href="/" title="Towline's start page">
          <img src="/favicon.svg" alt="" />
          Towline
        </a>
        <DriveOn />
        {runAtOnce && <RunAtOnce />}
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
