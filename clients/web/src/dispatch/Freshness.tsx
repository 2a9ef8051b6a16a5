import { useSignal } from '@preact/signals';
import { locale } from '../words/locale';
import { now } from '../page/now';
import { ago } from '../words/time';
import { served, type FieldLookups } from './cacheLog';
import type { Desk } from './desk';
import { fixOf, isStale } from './jobs';
import { TIERS } from './words';

/** What the cache did for this board's own requests, and how old the newest fix of each vehicle is. */
export function Freshness({ desk }: { desk: Desk }) {
  const fields = desk.board.cache.fields.value;
  const lookups = fields.reduce((sum, field) => sum + field.lookups, 0);
  const hits = fields.reduce((sum, field) => sum + served(field), 0);
  // the rows of hundreds of vehicles change places all the time: nothing of it is made while nobody looks
  const open = useSignal(false);
  return (
    <details class="freshness" onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary>
        <span>Cache and freshness</span>
        <span class="count">{lookups === 0 ? '…' : `${percent(hits / lookups)} hits`}</span>
      </summary>
      {open.value && fields.length > 0 && (
        <table>
          <caption>What the cache did for this board</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Hits</th>
              <th scope="col">Age</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <Field key={field.field} field={field} />
            ))}
          </tbody>
        </table>
      )}
      {open.value && <Fixes desk={desk} />}
    </details>
  );
}

function Field({ field }: { field: FieldLookups }) {
  const { results, tiers, oldestMs } = field;
  const [name, ...rest] = field.field.split('.').reverse();
  const from = Object.entries(tiers).map(([tier, count]) => `${TIERS[tier as keyof typeof TIERS]} ${count}`);
  return (
    <tr data-field={field.field}>
      <th scope="row">
        <span class="name">{name}</span>
        {rest.length > 0 && <span class="of">of {rest.join(' of ')}</span>}
        <span class="of">{from.join(' · ')}</span>
      </th>
      <td>
        <span class="hits" data-hits={served(field)}>
          {served(field)} of {field.lookups}
        </span>
        {(results.stale ?? 0) > 0 && <span class="of">{results.stale} stale</span>}
      </td>
      <td>{oldestMs === null ? 'new' : age(oldestMs)}</td>
    </tr>
  );
}

function Fixes({ desk }: { desk: Desk }) {
  const nowMs = now.value;
  const seen = desk.jobs.value.underWay
    .flatMap(({ session }) => (session && fixOf(session) ? [{ session, ageMs: nowMs - fixOf(session)!.recordedMs }] : []))
    .sort((one, other) => other.ageMs - one.ageMs);
  return (
    <table>
      <caption>How old the last fix of each vehicle is</caption>
      <tbody>
        {seen.map(({ session, ageMs }) => (
          <tr key={session.id} data-stale={isStale(session, nowMs)}>
            <th scope="row">{session.vendor.name}</th>
            <td>{ago(ageMs)}</td>
          </tr>
        ))}
        {seen.length === 0 && (
          <tr>
            <td>No vehicle has a position yet.</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function age(ms: number): string {
  return ms < 1_000 ? '< 1 s' : ms < 5_000 ? `${Math.floor(ms / 1_000)} s` : ago(ms).replace(/ ago$/, '');
}

function percent(part: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(part);
}
