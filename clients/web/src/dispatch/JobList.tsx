import { useComputed, useSignal } from '@preact/signals';
import { KINDS } from '../words/job';
import { now } from '../page/now';
import { ago } from '../words/time';
import { isLoaded } from './boardState';
import type { Desk } from './desk';
import { matches, type Job } from './jobs';
import { arrival, lastFix, statusOf } from './words';

/** How many rows the list has before there is something to search them with. */
const SEARCHED_FROM = 12;

/** All open jobs. */
export function JobList({ desk }: { desk: Desk }) {
  const sought = useSignal('');
  const found = useComputed(() => {
    const { waiting, underWay } = desk.jobs.value;
    const fits = (job: Job) => matches(sought.value, wordsOf(job));
    return sought.value.trim() ? { waiting: waiting.filter(fits), underWay: underWay.filter(fits) } : { waiting, underWay };
  });
  const { waiting, underWay } = desk.jobs.value;
  const loaded = isLoaded(desk.board.state.value);
  return (
    <div class="jobs">
      {waiting.length + underWay.length >= SEARCHED_FROM && (
        <input
          type="search"
          class="seek"
          aria-label="Find a job"
          placeholder="Find by vendor, trouble or status"
          onInput={(event) => (sought.value = event.currentTarget.value)}
        />
      )}
      {desk.may.dispatch && (
        <Section title="Waiting for help" jobs={found.value.waiting} desk={desk} empty={loaded ? 'Nobody is waiting.' : 'Loading …'} />
      )}
      <Section title="Under way" jobs={found.value.underWay} desk={desk} empty={loaded ? 'Nobody is on the way.' : 'Loading …'} />
      {loaded && waiting.length + underWay.length === 0 && (
        <p class="empty">
          <strong>No open incidents</strong>
          {desk.may.dispatch ? 'New ones appear here by themselves.' : 'Your next job appears here by itself.'}
        </p>
      )}
    </div>
  );
}

function Section({ title, jobs, desk, empty }: { title: string; jobs: readonly Job[]; desk: Desk; empty: string }) {
  return (
    <section>
      <h2>
        {title} <span class="count">{jobs.length}</span>
      </h2>
      {jobs.length === 0 ? (
        <p class="none">{empty}</p>
      ) : (
        <ul>
          {jobs.map((job) => (
            <Row key={job.id} job={job} selected={desk.selected.value?.id === job.id} select={desk.select} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Is shown anew only with another job, and once a second for its times. */
function Row({ job: { id, incident, session }, selected, select }: { job: Job; selected: boolean; select: Desk['select'] }) {
  const nowMs = now.value;
  const seen = session && lastFix(session, nowMs);
  const left = session && arrival(session, nowMs);
  return (
    <li>
      <button type="button" id={`job-${id}`} class="job" aria-current={selected ? 'true' : undefined} onClick={() => select(id)}>
        <span class="job-head">
          <strong>{KINDS[incident.kind]}</strong>
          <span class="when">{left ?? (session ? '' : waiting(nowMs - Date.parse(incident.createdAt)))}</span>
        </span>
        <span class="job-line">{session ? session.vendor.name : (incident.description ?? 'No description')}</span>
        <span class="job-foot">
          <span class="chip" data-status={session?.status ?? incident.status}>
            {statusOf(incident, session)}
          </span>
          {seen && <span data-stale={seen.stale}>{seen.text}</span>}
        </span>
      </button>
    </li>
  );
}

function waiting(ms: number): string {
  const text = ago(ms);
  return text.endsWith(' ago') ? `waits ${text.slice(0, -4)}` : text;
}

function wordsOf({ incident, session }: Job): readonly (string | null | undefined)[] {
  return [KINDS[incident.kind], incident.description, session?.vendor.name, statusOf(incident, session)];
}
