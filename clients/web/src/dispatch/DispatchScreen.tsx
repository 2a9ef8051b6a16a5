import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { BadgePill } from '../page/BadgePill';
import { Brand } from '../page/Brand';
import { Notice } from '../page/Notice';
import { SignInControl } from '../signin/SignInControl';
import { BoardPane } from './BoardPane';
import type { BoardMap } from './boardMap';
import type { Desk } from './desk';
import { Freshness } from './Freshness';
import { JobDetail } from './JobDetail';
import { JobList } from './JobList';
import { keepsEscape, leave, NEW_INCIDENT } from './leave';
import { NewIncident } from './NewIncident';
import { badgeOf } from './words';

/** The whole board of one viewer. */
export function DispatchScreen({ desk }: { desk: Desk }) {
  const map = useSignal<BoardMap | null>(null);
  const { phase } = desk.board.state.value;
  const [selected, entering] = [desk.selected.value, desk.draft.value];

  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && !document.querySelector('dialog[open]') && !keepsEscape(document.activeElement) && leave(desk);
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [desk]);
  useEffect(() => {
    const waiting = desk.jobs.value.waiting.length;
    document.title = waiting > 0 ? `(${waiting}) Towline · Dispatch` : 'Towline · Dispatch';
  }, [desk.jobs.value.waiting.length]);

  if (phase === 'refused') {
    return <NotForYou />;
  }
  if (phase === 'broken') {
    return <Notice title="The board cannot be shown" text="Something is wrong on our side. Load the page again in a while." />;
  }
  const centre = () => map.peek()?.centre ?? null;
  return (
    <main class="board" data-detail={selected !== null || entering !== null}>
      <header class="bar">
        <Brand />
        <h1>Dispatch</h1>
        <BadgePill {...badgeOf(desk.board.state.value)} />
        {desk.may.dispatch && (
          <button id={NEW_INCIDENT} type="button" class="primary new" onClick={() => desk.enter(centre())}>
            New incident
          </button>
        )}
        <SignInControl />
      </header>
      <div class="lists" role="region" aria-label="Jobs" tabIndex={-1}>
        <JobList desk={desk} />
        {desk.may.dispatch && <Freshness desk={desk} />}
      </div>
      {entering ? (
        <NewIncident desk={desk} draft={entering} centre={centre} />
      ) : (
        selected && <JobDetail key={selected.id} desk={desk} job={selected} />
      )}
      <BoardPane desk={desk} map={map} />
      <p class="visually-hidden" role="status">
        {desk.said}
      </p>
    </main>
  );
}

export function NotForYou() {
  return (
    <Notice title="Not for this role" text="The board is for dispatchers and operators, and for vendors who want to see their own jobs.">
      <SignInControl />
    </Notice>
  );
}
