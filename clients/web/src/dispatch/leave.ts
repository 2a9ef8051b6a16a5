import type { Desk } from './desk';

/** The button that begins to enter an incident. */
export const NEW_INCIDENT = 'new-incident';

/** Back to the lists, with the focus on what had opened what is left: the job that was shown, or the button of the form. */
export function leave(desk: Desk): void {
  const id = desk.draft.peek() ? NEW_INCIDENT : `job-${desk.selected.peek()?.id}`;
  desk.close();
  // a job that is over has no row any more
  requestAnimationFrame(() => (document.getElementById(id) ?? document.querySelector<HTMLElement>('.lists'))?.focus());
}

/** Whether Escape ends a text or a choice there first, and so does not leave what is shown. */
export function keepsEscape(focused: Element | null): boolean {
  return focused !== null && focused.matches('input, textarea, select');
}
