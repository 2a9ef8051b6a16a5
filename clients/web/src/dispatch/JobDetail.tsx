import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import {
  CancelJobDocument,
  type BoardSessionFragment,
  type BoardVendorFragment,
  type SessionStatus,
} from '../../generated/graphql';
import { CallLink } from '../page/CallLink';
import { KINDS } from '../words/job';
import { locale } from '../words/locale';
import { now } from '../page/now';
import { Steps } from '../session/Steps';
import { clockTime } from '../words/time';
import { giveJob, reachStep } from './assigning';
import { isActive, isOpen } from './boardState';
import { ClientTokens } from './clientTokens';
import type { Desk } from './desk';
import type { Job } from './jobs';
import { leave } from './leave';
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
  // where the answer was lost the stream tells who has the job now
  useEffect(() => void (reassigning.value = false), [session?.id]);

  const assign = async (vendor: BoardVendorFragment) => {
    await giveJob(board, tokens, incident.id, vendor.id);
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
        <button type="button" class="close" aria-label="Close the job" onClick={() => leave(desk)}>
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
      {status !== 'CANCELLED' && <Steps state={{ status, reachedMs: {} }} />}
      {isActive(session) && desk.may.step && <NextSteps key={session.id} desk={desk} session={session} />}
      <a class="link" href={`/track/${encodeURIComponent(session.id)}`}>
        Open the tracking screen
      </a>
    </>
  );
}

/** The button of a step becomes that of the next one: the second click of a double click is not meant for it. */
const DOUBLE_CLICK_MS = 500;

function NextSteps({ desk, session }: { desk: Desk; session: BoardSessionFragment }) {
  const trying = useTrying();
  const [next, ...later] = stepsAhead(session.status);
  const go = (status: SessionStatus, name: string) =>
    void trying.try(async () => {
      await reachStep(desk.board, session.id, status);
      desk.say(`${session.vendor.name}: ${name}.`);
      await new Promise((resolve) => setTimeout(resolve, DOUBLE_CLICK_MS));
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
  const field = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const ask = (open: boolean) => {
    asking.value = open;
    // the button that was clicked goes, and the focus with it
    requestAnimationFrame(() => (open ? field : opener).current?.focus());
  };
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
      <button ref={opener} type="button" class="danger" onClick={() => ask(true)}>
        Cancel the job …
      </button>
    );
  }
  return (
    <form class="ask" onSubmit={cancel}>
      <label>
        Reason (optional)
        <input ref={field} maxLength={500} value={reason.value} onInput={(event) => (reason.value = event.currentTarget.value)} />
      </label>
      {session && <p>{session.vendor.name} is called off, too.</p>}
      <div class="row">
        <button type="submit" class="danger filled" disabled={trying.busy}>
          Cancel the job
        </button>
        <button type="button" onClick={() => ask(false)}>
          Keep it
        </button>
      </div>
      <Trouble of={trying} />
    </form>
  );
}
