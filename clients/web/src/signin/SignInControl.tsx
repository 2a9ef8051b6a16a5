import { useSignal } from '@preact/signals';
import { anonymous } from '../api/credentials';
import { Dialog } from '../page/Dialog';
import './signin.css';
import { SwitchForm } from './SwitchForm';
import { signedIn, signIn, signOut, way, type SignedIn } from './viewer';
import { ROLES } from './words';

/**
 * Who one is, and how one becomes somebody else. For the header of a page. Nothing where there is neither.
 *
 * @param primary whether to sign in is what the page is about
 */
export function SignInControl({ primary = false }: { primary?: boolean }) {
  const viewer = signedIn.value;
  if (viewer === undefined) {
    return null;
  }
  if (way.value === 'provider' && (!viewer || viewer.credentials === anonymous)) {
    return <SignInButton primary={primary} />;
  }
  return way.value === 'none' ? viewer && <p class="who">{ROLES[viewer.role]}</p> : <Who viewer={viewer} />;
}

/** Goes to the provider, and says why if that fails. */
export function SignInButton({ primary = false }: { primary?: boolean }) {
  const trouble = useSignal<string | null>(null);
  const busy = useSignal(false);
  const go = async () => {
    trouble.value = null;
    busy.value = true;
    try {
      await signIn();
    } catch (problem) {
      busy.value = false;
      trouble.value = problem instanceof Error ? problem.message : String(problem);
    }
  };
  return (
    <div class="signin">
      <button type="button" class={primary ? 'primary' : 'who'} onClick={go} disabled={busy}>
        Sign in
      </button>
      {trouble.value && (
        <p class="signin-trouble" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}

function Who({ viewer }: { viewer: SignedIn | null }) {
  const open = useSignal(false);
  const close = () => (open.value = false);
  return (
    <div class="signin">
      <button type="button" class="who" aria-haspopup="dialog" onClick={() => (open.value = true)}>
        {viewer ? ROLES[viewer.role] : 'Sign in'}
        <Chevron />
      </button>
      {open.value && (
        <Dialog label="Who you are" close={close}>
          {viewer && (
            <>
              <h2>{ROLES[viewer.role]}</h2>
              <p>
                {viewer.subject} · tenant {viewer.tenant}
              </p>
            </>
          )}
          {way.value === 'switch' && <SwitchForm viewer={viewer} done={close} />}
          <div class="dialog-ends">
            {viewer && viewer.credentials !== anonymous && (
              <button type="button" class="quiet" onClick={() => void signOut().then(close)}>
                Sign out
              </button>
            )}
            <button type="button" class="quiet" onClick={close}>
              Close
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function Chevron() {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d="M2.5 4.5 6 8l3.500-3.500" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round" />
    </svg>
  );
}
