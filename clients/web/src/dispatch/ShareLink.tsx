import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { ShareDocument, type BoardSessionFragment, type ShareMutation } from '../../generated/graphql';
import { locale } from '../words/locale';
import { now } from '../page/now';
import { clockTime } from '../words/time';
import type { Desk } from './desk';
import { Trouble, useTrying } from './Trying';
import { linkTroubleOf } from './words';

const LASTS = [
  [60, '1 hour'],
  [240, '4 hours'],
  [1440, '1 day'],
] as const;

/** Makes a link to the tracking screen of a session, for somebody without an account. It is shown once: nobody can ask for it again. */
export function ShareLink({ desk, session }: { desk: Desk; session: BoardSessionFragment }) {
  const minutes = useSignal<number>(240);
  const link = useSignal<ShareMutation['createShareLink'] | null>(null);
  const copied = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const trying = useTrying(linkTroubleOf);

  const make = () =>
    trying.try(async () => {
      const { createShareLink } = await desk.board.ask(ShareDocument, { input: { sessionId: session.id, expiresInMinutes: minutes.value } });
      link.value = createShareLink;
      copied.value = false;
      desk.say('The link is made.');
    });
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(field.current!.value);
      copied.value = true;
      desk.say('Copied.');
    } catch {
      // it is selected, so the keys of the system copy it
    }
  };
  return (
    <div class="share">
      <div class="row">
        <label>
          A link lasts
          <select value={minutes.value} onChange={(event) => (minutes.value = Number(event.currentTarget.value))}>
            {LASTS.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={trying.busy} onClick={() => void make()}>
          {link.value ? 'New link' : 'Share a link'}
        </button>
      </div>
      <Trouble of={trying} />
      {link.value?.url && (
        <>
          <div class="row">
            <input ref={field} class="url" readOnly aria-label="Link to share" value={new URL(link.value.url, window.location.href).href} />
            <button type="button" onClick={() => void copy()}>
              {copied.value ? 'Copied' : 'Copy'}
            </button>
          </div>
          <p class="none">Until {clockTime(Date.parse(link.value.expiresAt), locale, now.value)}, or the end of the job.</p>
        </>
      )}
    </div>
  );
}
