import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SessionStatus } from '../../generated/graphql';
import { metersBetween } from '../map/geometry';
import { Dialog } from '../page/Dialog';
import { now } from '../page/now';
import { MapPane } from '../session/MapPane';
import { Steps } from '../session/Steps';
import type { TrackingState } from '../session/trackingState';
import { KINDS } from '../words/job';
import { locale } from '../words/locale';
import { DriveHeader } from './DriveHeader';
import { nextStep } from './driveState';
import type { CurrentJob, Driving } from './driving';
import { ShareSwitch } from './ShareSwitch';
import { headlineOf, REPORTS, troubleOf } from './words';

/** The job that a vendor is on. */
export function JobScreen({ driving, job }: { driving: Driving; job: CurrentJob }) {
  const tracked = job.tracking.state.value;
  const status = driving.state.value.jobs[job.id]!.status;
  const { title, text } = headlineOf(status, tracked, metersAway(tracked), locale, now.value);
  const kind = tracked.session && KINDS[tracked.session.incident.kind];

  useEffect(() => {
    document.title = `${title} · Towline`;
  }, [title]);

  return (
    <main class="screen drive">
      <MapPane state={job.tracking.state} />
      <section class="panel" aria-label="Your job">
        <DriveHeader driving={driving} />
        <div class="head">
          <h1>{title}</h1>
          <p>{text}</p>
        </div>
        <Steps state={{ ...tracked, status }} />
        <Incident state={tracked} />
        <ShareSwitch vendorId={driving.vendorId} job={job} />
        <Report driving={driving} job={job} status={status} />
      </section>
      <p class="visually-hidden" role="status">
        {kind && `Your job: ${kind}. ${title}.`}
      </p>
    </main>
  );
}

function Incident({ state: { session } }: { state: TrackingState }) {
  if (!session) {
    return <div class="card waiting" aria-hidden="true" />;
  }
  const { kind, description, position } = session.incident;
  return (
    <div class="card incident-card">
      <h2>{KINDS[kind]}</h2>
      {description && <p>{description}</p>}
      {position && (
        <p class="place">
          <a href={`geo:${position.latitude},${position.longitude}?q=${position.latitude},${position.longitude}`}>
            {position.latitude.toFixed(5)}, {position.longitude.toFixed(5)}
          </a>
        </p>
      )}
    </div>
  );
}

/** The button of a step becomes that of the next one: the second click of a double click is not meant for it. */
const DOUBLE_CLICK_MS = 500;

/** The next step as one big button, and the way out. */
function Report({ driving, job, status }: { driving: Driving; job: CurrentJob; status: SessionStatus }) {
  const sending = useSignal<SessionStatus | null>(null);
  const trouble = useSignal<string | null>(null);
  const settling = useSignal(false);
  const asking = useSignal(false);
  const next = nextStep(status);

  const report = async (step: SessionStatus) => {
    if (sending.value) {
      return;
    }
    sending.value = step;
    trouble.value = null;
    try {
      await driving.reach(job, step);
      settling.value = true;
      setTimeout(() => (settling.value = false), DOUBLE_CLICK_MS);
    } catch (problem) {
      trouble.value = troubleOf(problem);
    }
    sending.value = null;
  };

  const offline = driving.state.value.phase !== 'live';
  return (
    <div class="report">
      {trouble.value && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {next && (
        <button type="button" class="primary next" aria-disabled={sending.value !== null || settling.value} onClick={() => settling.value || void report(next)}>
          {sending.value ? (offline ? 'Waiting for a connection …' : 'Sending …') : REPORTS[next]}
        </button>
      )}
      <button type="button" class="plain" aria-disabled={sending.value !== null} onClick={() => (asking.value = sending.value === null)}>
        I cannot do this job
      </button>
      {asking.value && (
        <Dialog label="Cancel this job?" close={() => (asking.value = false)}>
          <h2>Cancel this job?</h2>
          <p>The customer still needs help: dispatch sends somebody else.</p>
          <div class="dialog-ends">
            <button type="button" class="quiet" onClick={() => (asking.value = false)}>
              Keep it
            </button>
            <button
              type="button"
              class="primary"
              onClick={() => {
                asking.value = false;
                void report('CANCELLED');
              }}
            >
              Cancel the job
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

/** By road as far as the service can tell, else as the crow flies. */
function metersAway({ eta, location, session }: TrackingState): number | null {
  const position = session?.incident.position;
  return eta?.distanceMeters ?? (location && position ? metersBetween(location, position) : null);
}
