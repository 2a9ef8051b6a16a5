import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A question or a form above the page, as long as it is rendered. Escape and a click beside it close it. */
export function Dialog({ label, close, children }: { label: string; close: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const it = dialog.current!;
    it.showModal();
    // gives the focus back to what had it before
    return () => it.close();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-label={label} onClose={close} onClick={(event) => event.target === dialog.current && close()}>
      <div class="dialog-content">{children}</div>
    </dialog>
  );
}
