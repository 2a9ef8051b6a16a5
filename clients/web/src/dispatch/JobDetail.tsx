import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import {
  AssignDocument,
  CancelJobDocument,
  AdvanceJobDocument,
  type BoardSessionFragment,
  type BoardVendorFragment,
  type SessionStatus,
} from '../../generated/graphql';
import { CallLink } from '../page/CallLink';
import { KINDS, STEPS } from '../words/job';
import { locale } from '../words/locale';
import { now } from '../page/now';
import { clockTime } from '../words/time';
import { isActive, isOpen } from './boardState';
import { ClientTokens } from './clientTokens';
import type { Desk } from './desk';
import type { Job } from './jobs';
import { ShareLink } from './ShareLink';
import { Trouble, useTrying } from './Trying';
import { VendorPicker } from './VendorPicker';
import { arrivalInFull, coordinates, lastFix, statusOf, stepsAhead } from './words';

/** One job, and what the viewer may do with it. */
export function JobDetail({ desk, job }: { desk: Desk; job: Job }) {
  const { incident, session } = job;
  const heading = useRef<HTMLHeadingElement>(null);
  const tokens = useMemo(() => new ClientTokens(), []);
  const reassigning = useSignal(false);
  const active = session !== null && isActive(session);
  const waiting = session === null && incident.status === 'REPORTED';
  const { may, board } = desk;

  useEffect(() => heading.current?.focus({ preventScroll: true }), [job.id]);

  const assign = async (vendor: BoardVendorFragment) => {
    if (active) {
      await reach(desk, session.id, 'CANCELLED');
    }
    const input = { incidentId: incident.id, vendorId: vendor.id };
    // after the incident has changed it is another wish, even with the same words
    const started = await tokens.granted([input, incident.version], (clientToken) => board.ask(AssignDocument, { input: { ...input, clientToken } }));
    board.wrote({ sessions: [started.startTrackingSession] });
    reassigning.value = false;
    desk.say(`${vendor.name} has the job.`);
  };

  return (
    <article class="detail" aria-labelledby="job-title">
      <header>
        <h2 id="job-title" ref={heading} tabIndex={-1}>
          {KINDS[incident.kind]}
        </h2>
        <span class="chip" data-status={session?.status ?? incident.status}>
          {statusOf(incident, session)}
        </span>
        <button type="button" class="close" aria-label="Close the job" onClick={desk.close}>
          ✕
        </button>
      </header>
      {incident.description && <p class="description">{incident.description}</p>}
      <p class="facts">
        Reported {clockTime(Date.parse(incident.createdAt), locale, now.value)}
        {incident.position && ` · ${coordinates(incident.position, locale)}`}
      </p>
      {session && <SessionPart desk={desk} session={session} />}
      {active && may.dispatch && (
        <button type="button" aria-expanded={reassigning.value} onClick={() => (reassigning.value = !reassigning.value)}>
          Give to another vendor
        </button>
      )}
      {may.dispatch && incident.position && (waiting || (active && reassigning.value)) && (
        <>
          <h3>{active ? `Instead of ${session.vendor.name}` : 'Vendors nearby'}</h3>
          <VendorPicker key={incident.id} desk={desk} incident={incident} assign={assign} />
        </>
      )}
      {may.dispatch && active && <ShareLink key={session.id} desk={desk} session={session} />}
      {may.dispatch && isOpen(incident) && (waiting || active) && <Cancelling key={incident.id} desk={desk} job={job} />}
    </article>
  );
}

function SessionPart({ desk, session }: { desk: Desk; session: BoardSessionFragment }) {
  const { vendor, status } = session;
  const nowMs = now.value;
  const left = arrivalInFull(session, locale, nowMs);
  const seen = lastFix(session, nowMs);
  return (
    <>
      <div class="vendor-line">
        <div>
          <strong>{vendor.name}</strong>
          {left && <span>{left}</span>}
          {isActive(session) && <span data-stale={seen.stale}>Vehicle {seen.text}</span>}
        </div>
        {vendor.phone && isActive(session) && desk.may.dispatch && <CallLink name={vendor.name} phone={vendor.phone} />}
      </div>
      <Progress status={status} />
      {isActive(session) && desk.may.step && <NextSteps key={session.id} desk={desk} session={session} />}
      <a class="link" href={`/track/${encodeURIComponent(session.id)}`} target="_blank" rel="noopener">
        Open the tracking screen
      </a>
    </>
  );
}

function Progress({ status }: { status: SessionStatus }) {
  const current = STEPS.findIndex(([step]) => step === status);
  return current < 0 ? null : (
    <ol class="steps" aria-label="Progress">
      {STEPS.map(([step, name], i) => (
        <li key={step} data-progress={i < current || status === 'COMPLETED' ? 'done' : i === current ? 'current' : 'ahead'} aria-current={i === current ? 'step' : undefined}>
          <span class="name">{name}</span>
        </li>
      ))}
    </ol>
  );
}

function NextSteps({ desk, session }: { desk: Desk; session: BoardSessionFragment }) {
  const trying = useTrying();
  const [next, ...later] = stepsAhead(session.status);
  const go = (status: SessionStatus, name: string) =>
    void trying.try(async () => {
      await reach(desk, session.id, status);
      desk.say(`${session.vendor.name}: ${name}.`);
    });
  return (
    <div class="steps-ahead" role="group" aria-label="Next steps">
      {next && (
        <button type="button" class="primary" disabled={trying.busy} onClick={() => go(...next)}>
          {next[1]}
        </button>
      )}
      {later.map((step) => (
        <button key={step[0]} type="button" disabled={trying.busy} onClick={() => go(...step)}>
          {step[1]}
        </button>
      ))}
      <Trouble of={trying} />
    </div>
  );
}

function Cancelling({ desk, job: { incident, session } }: { desk: Desk; job: Job }) {
  const asking = useSignal(false);
  const reason = useSignal('');
  const trying = useTrying();
  const cancel = (event: Event) => {
    event.preventDefault();
    void trying.try(async () => {
      const { cancelIncident } = await desk.board.ask(CancelJobDocument, {
        input: { incidentId: incident.id, reason: reason.value.trim() || null },
      });
      desk.board.wrote({ incidents: [cancelIncident] });
      desk.say('The job is cancelled.');
    });
  };
  if (!asking.value) {
    return (
      <button type="button" class="danger" onClick={() => (asking.value = true)}>
        Cancel the job …
      </button>
    );
  }
  return (
    <form class="ask" onSubmit={cancel}>
      <label>
        Why? (if you like)
        <input maxLength={500} value={reason.value} autofocus onInput={(event) => (reason.value = event.currentTarget.value)} />
      </label>
      {session && <p>{session.vendor.name} is called off, too.</p>}
      <div class="row">
        <button type="submit" class="danger filled" disabled={trying.busy}>
          Cancel the job
        </button>
        <button type="button" onClick={() => (asking.value = false)}>
          Keep it
        </button>
      </div>
      <Trouble of={trying} />
    </form>
  );
}

async function reach({ board }: Desk, sessionId: string, status: SessionStatus): Promise<void> {
  const { updateSessionStatus } = await board.ask(AdvanceJobDocument, { input: { sessionId, status } });
  board.wrote({ sessions: [updateSessionStatus], incidents: [updateSessionStatus.incident] });
}
