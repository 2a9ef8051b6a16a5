import type { ComponentChildren } from 'preact';
import { Brand } from './Brand';

/** What matters most. */
export interface Headline {
  readonly title: string;
  readonly text: string;
}

/** A page with nothing to show, and perhaps a way on. */
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
