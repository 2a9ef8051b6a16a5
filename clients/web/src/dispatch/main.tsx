import { effect, untracked } from '@preact/signals';
import { render } from 'preact';
import { Notice } from '../page/Notice';
import { SignInControl } from '../signin/SignInControl';
import { signedIn, startSigningIn, way, type SignedIn } from '../signin/viewer';
import { Board } from './board';
import { Desk } from './desk';
import { DispatchScreen, NotForYou } from './DispatchScreen';
import { mayOf } from './may';

const root = document.getElementById('root')!;
let board: Board | null = null;
let shown = 0;

window.addEventListener('online', () => board?.wake());
document.addEventListener('visibilitychange', () => document.hidden || board?.wake());
startSigningIn();

/** Each viewer has a board of its own. */
function open(viewer: SignedIn | null | undefined): void {
  board?.stop();
  board = null;
  if (viewer === undefined) {
    render(<Notice title="One moment" text="Connecting …" />, root);
  } else if (viewer === null) {
    render(
      <Notice title="Who are you?" text={way.peek() === 'none' ? 'The board is for people who are signed in, and this service offers no way to sign in here.' : 'Sign in to see the board.'}>
        <SignInControl primary />
      </Notice>,
      root,
    );
  } else if (!mayOf(viewer.role).see) {
    render(<NotForYou />, root);
  } else {
    board = new Board(viewer.credentials);
    render(<DispatchScreen key={++shown} desk={new Desk(board, mayOf(viewer.role))} />, root);
  }
}

effect(() => {
  const viewer = signedIn.value;
  untracked(() => open(viewer));
});
