import { batch, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { ReportIncidentDocument, type IncidentKind } from '../../generated/graphql';
import type { Position } from '../map/geometry';
import { KINDS } from '../words/job';
import { ClientTokens } from './clientTokens';
import { NOTHING_ENTERED, type Desk, type Entered } from './desk';
import { leave } from './leave';
import { Trouble, useTrying } from './Trying';

/** Reports an incident: its place comes from a click on the map, from the map's centre, or from the keyboard. */
export function NewIncident({ desk, draft, centre }: { desk: Desk; draft: Position; centre: () => Position | null }) {
  const { kind, description } = desk.entered.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const tokens = useMemo(() => new ClientTokens(), []);
  const trying = useTrying();
  const typed = useSignal<{ [name in keyof Position]?: string }>({});
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  const enter = (change: Partial<Entered>) => (desk.entered.value = { ...desk.entered.peek(), ...change });
  const giveUp = () => {
    desk.entered.value = NOTHING_ENTERED;
    leave(desk);
  };
  const report = (event: Event) => {
    event.preventDefault();
    void trying.try(async () => {
      const input = { kind, description: description.trim() || null, position: draft };
      const { createIncident } = await tokens.granted(input, (clientToken) =>
        desk.board.ask(ReportIncidentDocument, { input: { ...input, clientToken } }),
      );
      desk.entered.value = NOTHING_ENTERED;
      desk.board.wrote({ incidents: [createIncident] });
      desk.select(createIncident.id);
      desk.say(`${KINDS[createIncident.kind]} is reported.`);
    });
  };
  // as it was typed, such as with a zero at the end, for as long as it is the place of the draft
  const shown = (name: keyof Position) => {
    const text = typed.value[name];
    return text !== undefined && Number(text) === draft[name] ? text : Number.isFinite(draft[name]) ? draft[name] : '';
  };
  const coordinate = (name: keyof Position, label: string, limit: number) => (
    <label>
      {label}
      <input
        type="number"
        required
        step="any"
        min={-limit}
        max={limit}
        value={shown(name)}
        onInput={({ currentTarget: { value, valueAsNumber } }) => {
          if (Number.isFinite(valueAsNumber)) {
            batch(() => {
              typed.value = { ...typed.peek(), [name]: value };
              desk.draft.value = { ...draft, [name]: valueAsNumber };
            });
          }
        }}
      />
    </label>
  );
  return (
    <form class="detail" aria-labelledby="new-title" onSubmit={report}>
      <header>
        <h2 id="new-title" ref={heading} tabIndex={-1}>
          New incident
        </h2>
        <button type="button" class="close" aria-label="Close the form" onClick={giveUp}>
          ✕
        </button>
      </header>
      <label>
        What is wrong
        <select value={kind} onChange={({ currentTarget }) => enter({ kind: currentTarget.value as IncidentKind })}>
          {Object.entries(KINDS).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Description
        <textarea
          rows={3}
          maxLength={2000}
          placeholder="Vehicle, colour, side of the road"
          value={description}
          onInput={({ currentTarget }) => enter({ description: currentTarget.value })}
        />
      </label>
      <fieldset>
        <legend>Where it stands</legend>
        <p class="none">Click on the map to move the pin.</p>
        <div class="row">
          {coordinate('latitude', 'Latitude', 90)}
          {coordinate('longitude', 'Longitude', 180)}
        </div>
        <button type="button" onClick={() => (desk.draft.value = centre() ?? draft)}>
          Use the centre of the map
        </button>
      </fieldset>
      <button type="submit" class="primary" disabled={trying.busy}>
        Report the incident
      </button>
      <Trouble of={trying} />
    </form>
  );
}
