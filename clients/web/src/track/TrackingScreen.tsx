import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { SignInControl } from '../signin/SignInControl';
import { KINDS } from '../words/jobs';
import { locale } from '../words/locale';
import { announcement } from './announcement';
import { MapPane } from './MapPane';
import { now } from '../words/now';
import type { Tracking } from './tracking';
import { isStale, type TrackingState } from './trackingState';
import { badgeOf, headlineOf, noticeOf, stepsOf, type Headline } from './words';

/**
 * The whole screen of one session.
 *
 * @param shared whether the viewer came by a share link: there is nobody else to be
 */
export function TrackingScreen({ tracking, shared }: { tracking: Tracking; shared: boolean }) {
  const state = tracking.state.value;
  const notice = noticeOf(state.phase);
  return (
    <>
      {notice ? (
        <Notice {...notice}>{!shared && state.phase !== 'broken' && <SignInControl />}</Notice>
      ) : (
        <Session tracking={tracking} shared={shared} />
      )}
      <Announcer tracking={tracking} />
    </>
  );
}

/** A screen without a session. */
export function Notice({ title, text, children }: Headline & { children?: ComponentChildren }) {
  return (
    <main class="notice">
      <Brand />
      <h1>{title}</h1>
      <p class="notice-text">{text}</p>
      {children}
    </main>
  );
}

function Session({ tracking, shared }: { tracking: Tracking; shared: boolean }) {
  const state = tracking.state.value;
  return (
    <main class="screen" data-stale={isStale(state, now.value)}>
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

function Brand() {
  return (
    <p class="brand">
      <img src="/favicon.svg" alt="" width="24" height="24" />
      Towline
    </p>
  );
}

function ConnectionBadge({ state }: { state: TrackingState }) {
  const { tone, text } = badgeOf(state, now.value);
  return (
    <p class="badge" data-tone={tone}>
      {text}
    </p>
  );
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

function Steps({ state }: { state: TrackingState }) {
  return (
    <ol class="steps" aria-label="Progress">
      {stepsOf(state, locale, now.value).map(({ status, name, progress, time }) => (
        <li key={status} data-progress={progress} aria-current={progress === 'current' ? 'step' : undefined}>
          <span class="name">{name}</span>
          {progress !== 'ahead' && <span class="visually-hidden">{progress === 'done' ? ', done' : ''}</span>}
          {time && <time>{time}</time>}
        </li>
      ))}
    </ol>
  );
}

function VendorCard({ state: { session, phase } }: { state: TrackingState }) {
  if (!session) {
    return <div class="card vendor waiting" aria-hidden="true" />;
  }
  const { name, phone, rating } = session.vendor;
  return (
    <div class="card vendor">
      <span class="initials" aria-hidden="true">
        {initials(name)}
      </span>
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
      {phone && phase !== 'ended' && (
        <a class="call" href={`tel:${phone.replace(/[^+\d]/g, '')}`} aria-label={`Call ${name}`}>
          Call
        </a>
      )}
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

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}
