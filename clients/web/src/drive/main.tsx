import { effect, signal, untracked } from '@preact/signals';
import { render } from 'preact';
import { signedIn, startSigningIn } from '../signin/viewer';
import { DrivePage } from './DrivePage';
import { Driving } from './driving';

/** Of the vendor who is signed in; null for others. */
const driving = signal<Driving | null>(null);

effect(() => {
  const viewer = signedIn.value;
  // what the parts of the page read is no reason to begin anew
  untracked(() => {
    driving.peek()?.stop();
    driving.value = viewer?.role === 'VENDOR' ? new Driving(viewer) : null;
  });
});

window.addEventListener('online', () => driving.peek()?.wake());
document.addEventListener('visibilitychange', () => document.hidden || driving.peek()?.wake());

startSigningIn();
render(<DrivePage driving={driving} />, document.getElementById('root')!);
