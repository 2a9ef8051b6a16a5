import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { anonymous } from '../api/credentials';
import { BadgePill } from '../page/BadgePill';
import { Brand } from '../page/Brand';
import { CallLink } from '../page/CallLink';
import { Initials } from '../page/Initials';
import { Notice } from '../page/Notice';
import { now } from '../page/now';
import { MapPane } from '../session/MapPane';
import { Steps } from '../session/Steps';
import type { Tracking } from '../session/tracking';
import { isStale, type TrackingState } from '../session/trackingState';
import { badgeOf } from '../session/words';
import { SignInControl } from '../signin/SignInControl';
import { signedIn } from '../signin/viewer';
import { KINDS } from '../words/job';
import { locale } from '../words/locale';
import { announcement } from './announcement';
import { headlineOf, noticeOf } from './words';

/**
 * The whole screen of one session.
 *
 * @param shared whether the viewer came by a share link: there is nobody else to be
 */
export function TrackingScreen({ tracking, shared }: { tracking: Tracking; shared: boolean }) {
  const state = tracking.state.value;
  const viewer = signedIn.value;
  const onlooker = shared ? 'guest' : viewer && viewer.credentials !== anonymous ? 'known' : 'nobody';
  const notice = noticeOf(state.phase, onlooker);
  return (
    <>
      {notice ? (
        <Notice {...notice}>{!shared && state.phase !== 'broken' && <SignInControl primary={state.phase === 'refused'} />}</Notice>
      ) : (
        <Session tracking={tracking} shared={shared} />
      )}
      <Announcer tracking={tracking} />
    </>
  );
}

function Session({ tracking, shared }: { tracking: Tracking; shared: boolean }) {
  const state = tracking.state.value;
  return (
    <main class="screen" data-stale={state.phase === 'ended' || isStale(state, now.value)}>
      <MapPane state={tracking.state} />
      <section class="panel" aria-label="The job">
        <header>
          <Brand />
          <ConnectionBadge state={state} />
          {!shared && <SignInControl />}
        </header>
        <Head state={state} />
        <Steps state={state} />
        <VendorCard state={state} />
        <Incident state={state} />
      </section>
    </main>
  );
}

function ConnectionBadge({ state }: { state: TrackingState }) {
  return <BadgePill {...badgeOf(state, now.value)} />;
}

function Head({ state }: { state: TrackingState }) {
  const { title, text } = headlineOf(state, locale, now.value);
  useEffect(() => {
    document.title = state.session ? `${title} · ${state.session.vendor.name}` : 'Towline · Live tracking';
  }, [title, state.session]);
  return (
    <div class="head">
      <h1>{title}</h1>
      <p>{text}</p>
    </div>
  );
}

function VendorCard({ state: { session, phase } }: { state: TrackingState }) {
  if (!session) {
    return <div class="card vendor waiting" aria-hidden="true" />;
  }
  const { name, phone, rating } = session.vendor;
  return (
    <div class="card vendor">
      <Initials of={name} />
      <div>
        <h2>{name}</h2>
        {rating !== null && (
          <p>
            <span aria-hidden="true">★ </span>
            <span class="visually-hidden">Rating </span>
            {new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(rating)}
          </p>
        )}
      </div>
      {phone && phase !== 'ended' && <CallLink name={name} phone={phone} />}
    </div>
  );
}

function Incident({ state: { session } }: { state: TrackingState }) {
  return session ? (
    <div class="card incident-card">
      <h2>{KINDS[session.incident.kind]}</h2>
      {session.incident.description && <p>{session.incident.description}</p>}
    </div>
  ) : null;
}

/** Speaks to screen readers, and not often. */
function Announcer({ tracking }: { tracking: Tracking }) {
  const said = useSignal('');
  const before = useRef<{ state: TrackingState; atMs: number }>({ state: tracking.state.peek(), atMs: now.peek() });
  useSignalEffect(() => {
    const [state, atMs] = [tracking.state.value, now.value];
    const text = announcement(before.current.state, state, before.current.atMs, atMs);
    before.current = { state, atMs };
    if (text) {
      said.value = text;
    }
  });
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}
