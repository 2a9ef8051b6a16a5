/** Something that is on or off, with what that means below its name. */
export function Switch({ name, text, on, busy = false, change }: { name: string; text: string; on: boolean; busy?: boolean; change: (on: boolean) => void }) {
  return (
    <div class="card switch-card">
      <div>
        <h2>{name}</h2>
        <p>{text}</p>
      </div>
      <button type="button" role="switch" aria-checked={on} aria-label={name} aria-disabled={busy} onClick={() => busy || change(!on)}>
        <span />
      </button>
    </div>
  );
}
