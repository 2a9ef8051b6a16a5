import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A question or a form above the page, as long as it is rendered. Escape and a click beside it close it. */
export function Dialog({ label, close, children }: { label: string; close: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const it = dialog.current!;
    const before = document.activeElement;
    it.addEventListener('close', close);
    it.showModal();
    return () => {
      // its event comes later, when the next dialog may be open
      it.removeEventListener('close', close);
      it.close();
      // the browser gives the focus back only while the dialog is still in the page
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-label={label} onClick={(event) => event.target === dialog.current && close()}>
      <div class="dialog-content">{children}</div>
    </dialog>
  );
}
