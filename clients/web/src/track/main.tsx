import { render } from 'preact';
import { targetOf } from './target';
import { Tracking } from './tracking';
import { Notice, TrackingScreen } from './TrackingScreen';
import { noticeOf } from './words';

const root = document.getElementById('root')!;
let tracking: Tracking | null = null;

/** Shows what the address names, from the beginning. */
function open(): void {
  tracking?.stop();
  const target = targetOf(window.location);
  tracking = target && new Tracking(target);
  render(tracking ? <TrackingScreen key={window.location.href} tracking={tracking} /> : <Notice {...noticeOf('nothing')!} />, root);
}

window.addEventListener('hashchange', open);
window.addEventListener('online', () => tracking?.wake());
document.addEventListener('visibilitychange', () => document.hidden || tracking?.wake());
open();
