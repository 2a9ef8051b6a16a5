import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { NearestVendorsDocument, type BoardIncidentFragment, type BoardVendorFragment, type Capability } from '../../generated/graphql';
import { failureOf } from '../api/patiently';
import { ABILITIES } from '../words/job';
import { locale } from '../words/locale';
import { distance, METERS_PER_MILE } from '../words/units';
import type { Desk } from './desk';
import { newSearch, whenVendorsChange } from './search';
import { Trouble, useTrying } from './Trying';
import { AVAILABILITIES, NEEDED, troubleOf } from './words';

const RADII_MILES = [10, 25, 50, 100, 300] as const;
/** Vendors that become free, or busy, change the list; not more often than so. */
const ANEW_EVERY_MS = 3_000;

interface Props {
  readonly desk: Desk;
  readonly incident: BoardIncidentFragment;
  /** Gives the job to that vendor. */
  readonly assign: (vendor: BoardVendorFragment) => Promise<void>;
}

/** The vendors that can help, the nearest first. */
export function VendorPicker({ desk, incident, assign }: Props) {
  const ability = useSignal<Capability | ''>(NEEDED[incident.kind] ?? '');
  const availableOnly = useSignal(true);
  const radiusMiles = useSignal<number>(25);
  const total = useSignal<number | null>(null);
  const unanswered = useSignal<string | null>(null);
  const tried = useSignal<BoardVendorFragment | null>(null);
  const trying = useTrying();
  const search = useMemo(() => newSearch(), []);

  const look = () =>
    search.run(async (isLatest) => {
      const filter = { availableOnly: availableOnly.peek(), capabilities: ability.peek() ? [ability.peek() as Capability] : null };
      try {
        const { searchVendorsNearby: found } = await desk.board.ask(NearestVendorsDocument, {
          near: incident.position!,
          radiusMiles: radiusMiles.peek(),
          filter,
        });
        if (isLatest()) {
          desk.candidates.value = found.edges.map(({ node: vendor, distanceMiles }) => ({ vendor, distanceMiles }));
          total.value = found.totalCount;
          unanswered.value = null;
        }
      } catch (problem) {
        if (isLatest()) {
          unanswered.value = troubleOf(failureOf(problem));
        }
      }
    });

  useSignalEffect(() => {
    void [ability.value, availableOnly.value, radiusMiles.value];
    void look();
  });
  useEffect(() => whenVendorsChange(desk.board.state, () => search.later(look, ANEW_EVERY_MS)), []);
  useEffect(
    () => () => {
      search.stop();
      desk.candidates.value = [];
    },
    [],
  );

  const give = async (vendor: BoardVendorFragment) => {
    tried.value = vendor;
    if (!(await trying.try(() => assign(vendor)))) {
      void look();
    }
  };
  const candidates = desk.candidates.value;
  return (
    <section class="picker" aria-label="Vendors nearby">
      <div class="filters">
        <label>
          Ability
          <select value={ability.value} onChange={(event) => (ability.value = event.currentTarget.value as Capability | '')}>
            <option value="">Any</option>
            {Object.entries(ABILITIES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Within
          <select value={radiusMiles.value} onChange={(event) => (radiusMiles.value = Number(event.currentTarget.value))}>
            {RADII_MILES.map((miles) => (
              <option key={miles} value={miles}>
                {distance(miles * METERS_PER_MILE, locale)}
              </option>
            ))}
          </select>
        </label>
        <label class="tick">
          <input type="checkbox" checked={availableOnly.value} onChange={(event) => (availableOnly.value = event.currentTarget.checked)} />
          Available now
        </label>
      </div>
      <Trouble of={trying}>
        <strong>{tried.value?.name} did not get the job. </strong>
      </Trouble>
      {trying.trouble && tried.value && (
        <button type="button" class="again" disabled={trying.busy} onClick={() => void give(tried.value!)}>
          Try {tried.value.name} again
        </button>
      )}
      {unanswered.value && (
        <p class="trouble" role="alert">
          {unanswered.value}{' '}
          <button type="button" class="link" onClick={() => void look()}>
            Search again
          </button>
        </p>
      )}
      {total.value === 0 && <p class="none">No vendor fits. Try a wider circle, or any ability.</p>}
      <ol class="vendors">
        {candidates.map(({ vendor, distanceMiles }, i) => (
          <VendorRow key={vendor.id} desk={desk} vendor={vendor} rank={i + 1} meters={distanceMiles * METERS_PER_MILE} busy={trying.busy} give={give} />
        ))}
      </ol>
      {total.value !== null && total.value > candidates.length && (
        <p class="none">
          The nearest {candidates.length} of {total.value}.
        </p>
      )}
    </section>
  );
}

interface RowProps {
  readonly desk: Desk;
  readonly vendor: BoardVendorFragment;
  readonly rank: number;
  readonly meters: number;
  readonly busy: boolean;
  readonly give: (vendor: BoardVendorFragment) => void;
}

function VendorRow({ desk, vendor, rank, meters, busy, give }: RowProps) {
  // what the stream told may be newer than the search
  const told = desk.board.state.value.vendors.get(vendor.id)?.value;
  const { availability } = told && told.version > vendor.version ? told : vendor;
  return (
    <li>
      <span class="rank" aria-hidden="true">
        {rank}
      </span>
      <span class="name">
        <strong>{vendor.name}</strong>
        <span>
          {distance(meters, locale)}
          {vendor.rating !== null && ` · ★ ${new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(vendor.rating)}`}
          {availability !== 'AVAILABLE' && ` · ${AVAILABILITIES[availability]}`}
        </span>
      </span>
      {availability === 'AVAILABLE' && (
        <button type="button" class="assign" disabled={busy} aria-label={`Assign ${vendor.name}`} onClick={() => give(vendor)}>
          Assign
        </button>
      )}
    </li>
  );
}
