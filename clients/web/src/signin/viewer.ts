import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { VendorsWithJobsDocument, ViewerDocument, type Role } from '../../generated/graphql';
import { ask } from '../api/ask';
import { anonymous, type Credentials } from '../api/credentials';
import { failureOf, patiently } from '../api/patiently';
import { pageSettings, type ProviderSettings } from '../settings';
import { LocalSwitch, type Choice } from './localSwitch';
import type { Provider } from './provider';
import type { RenewedToken } from './renewedToken';
import { isSomebodyStored } from './stored';

export type { Role };

/** Who the viewer is, as the service says, and what tells it so. */
export interface SignedIn {
  readonly role: Role;
  readonly subject: string;
  readonly tenant: string;
  readonly credentials: Credentials;
}

/** How one signs in on these pages: by choosing whom to be, at a provider, or not at all. */
export type Way = 'switch' | 'provider' | 'none';

const current = signal<SignedIn | null | undefined>(undefined);
const offered = signal<Way>('none');

/** undefined: not known yet; null: nobody. */
export const signedIn: ReadonlySignal<SignedIn | null | undefined> = current;

export const way: ReadonlySignal<Way> = offered;

/** What to tell the service, as soon as it is known who the viewer is. */
export function viewerCredentials(): Promise<Credentials> {
  return new Promise((resolve) => {
    let found = false;
    const stop = effect(() => {
      if (current.value !== undefined && !found) {
        found = true;
        resolve(current.value?.credentials ?? anonymous);
        queueMicrotask(() => stop());
      }
    });
  });
}

let local: LocalSwitch | null = null;
let providerSettings: ProviderSettings | null = null;
let provider: Promise<Provider> | null = null;
let token: RenewedToken | null = null;
/** Ends the question who one is when one becomes somebody else: the answer is worth nothing then. */
let asking = new AbortController();

/** Reads the settings, restores who one was in this tab, and asks the service who that is. */
export function startSigningIn(): void {
  void start();
}

async function start(): Promise<void> {
  const settings = await patiently(pageSettings, new AbortController().signal);
  if (settings.provider) {
    providerSettings = settings.provider;
    offered.value = 'provider';
    await become(await restored(async () => (isSomebodyStored() ? (await loadedProvider()).restore() : null)));
  } else if (settings.localTokenPath) {
    local = new LocalSwitch(settings.localTokenPath, ended);
    offered.value = 'switch';
    await become(await restored(() => local!.restore()));
  } else {
    await become(null);
  }
}

/** Whoever cannot be restored is nobody, and can sign in again. */
async function restored(restore: () => Promise<RenewedToken | null>): Promise<RenewedToken | null> {
  try {
    return await restore();
  } catch (problem) {
    console.warn('Who was signed in could not be restored:', problem);
    return null;
  }
}

/** Where the way is a switch: becomes somebody. Throws `Failed`. */
export async function switchTo(choice: Choice): Promise<void> {
  await become(await local!.become(choice, () => token?.stop()));
}

/** Where the way is a switch: the vendors of a tenant that have a job now, whom one may want to be. */
export async function vendorsWithJobs(tenant: string): Promise<readonly { id: string; name: string }[]> {
  try {
    const dispatcher = await local!.credentialsOf({ role: 'DISPATCHER', subject: 'local', tenant });
    const { listTrackingSessions } = await ask(VendorsWithJobsDocument, {}, dispatcher);
    return listTrackingSessions.edges.map(({ node }) => node.vendor);
  } catch {
    return [];
  }
}

/** Where the way is a provider: leaves this page, and comes back. Throws `NotSignedIn`. */
export async function signIn(): Promise<void> {
  await (await loadedProvider()).signIn();
}

/** Becomes whoever comes without a credential. */
export async function signOut(): Promise<void> {
  // a renewal that is under way stores nothing any more
  token?.stop();
  if (!local) {
    await (await loadedProvider()).signOut();
  }
  await forget();
}

async function forget(): Promise<void> {
  await (local ?? (await loadedProvider())).forget();
  await become(null);
}

/** The library comes when it is needed. */
function loadedProvider(): Promise<Provider> {
  const settings = providerSettings!;
  provider ??= import('./provider')
    .then(({ Provider: Loaded }) => new Loaded(settings, ended))
    .catch((problem) => {
      provider = null;
      throw problem;
    });
  return provider;
}

/** There is no other token: one is signed out, without a word to the provider. */
function ended(): void {
  void forget();
}

async function become(next: RenewedToken | null): Promise<void> {
  asking.abort();
  const { signal: superseded } = (asking = new AbortController());
  if (token !== next) {
    token?.stop();
  }
  token = next;
  const credentials = next ?? anonymous;
  let known: SignedIn | null = null;
  try {
    const { getViewer } = await patiently(() => ask(ViewerDocument, {}, credentials), superseded);
    known = { ...getViewer, credentials };
  } catch (problem) {
    if (failureOf(problem).kind === 'broken' && !superseded.aborted) {
      console.warn('The service does not say who this is:', String(problem));
    }
  }
  if (!superseded.aborted) {
    current.value = known;
  }
}
