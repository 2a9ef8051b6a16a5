import { effect } from '@preact/signals';
import { render } from 'preact';
import { shareLink } from '../api/credentials';
import { Notice } from '../page/Notice';
import { signedIn, startSigningIn, viewerCredentials } from '../signin/viewer';
import { targetOf } from './target';
import { Tracking } from '../session/tracking';
import { TrackingScreen } from './TrackingScreen';
import { noticeOf } from './words';

const root = document.getElementById('root')!;
let tracking: Tracking | null = null;
let opened = 0;

/** Whoever follows a share link is its guest, and nobody else. */
function isShared(): boolean {
  const target = targetOf(window.location);
  return target !== null && 'shareSecret' in target;
}

/** Shows what the address names, from the beginning. */
function open(): void {
  tracking?.stop();
  const target = targetOf(window.location);
  tracking = target && new Tracking(target, 'shareSecret' in target ? Promise.resolve(shareLink(target.shareSecret)) : viewerCredentials());
  render(
    tracking ? <TrackingScreen key={++opened} tracking={tracking} shared={isShared()} /> : <Notice {...noticeOf('nothing')!} />,
    root,
  );
}

window.addEventListener('hashchange', open);
window.addEventListener('online', () => tracking?.wake());
document.addEventListener('visibilitychange', () => document.hidden || tracking?.wake());
if (!isShared()) {
  startSigningIn();
}
open();

let viewer = signedIn.peek();
effect(() => {
  const before = viewer;
  viewer = signedIn.value;
  // the first one is awaited by the screen that is open
  if (before !== undefined && viewer !== before && !isShared()) {
    open();
  }
});
