import type { ReadonlySignal } from '@preact/signals';
import { Notice } from '../page/Notice';
import { SignInButton, SignInControl } from '../signin/SignInControl';
import { SwitchForm } from '../signin/SwitchForm';
import { signedIn, way } from '../signin/viewer';
import { ROLES } from '../signin/words';
import type { Driving } from './driving';
import { IdleScreen } from './IdleScreen';
import { JobScreen } from './JobScreen';

/** The page of a vendor: its job, or none, or the way to sign in. */
export function DrivePage({ driving }: { driving: ReadonlySignal<Driving | null> }) {
  if (!driving.value) {
    return signedIn.value === undefined ? <Notice title="One moment" text="Connecting …" /> : <NotAVendor />;
  }
  const { phase } = driving.value.state.value;
  if (phase === 'refused') {
    return (
      <Notice title="You cannot see your jobs" text="Sign in again.">
        <SignInControl />
      </Notice>
    );
  }
  if (phase === 'broken') {
    return <Notice title="This cannot be shown" text="Something is wrong on our side. Load the page again in a while." />;
  }
  const job = driving.value.job.value;
  return job ? <JobScreen key={job.id} driving={driving.value} job={job} /> : <IdleScreen driving={driving.value} />;
}

function NotAVendor() {
  const viewer = signedIn.value ?? null;
  if (way.value === 'switch') {
    return (
      <Notice title="Who drives?" text="On the embedded stack you may be any vendor. Those with a job are suggested.">
        <SwitchForm viewer={viewer} role="VENDOR" done={() => {}} />
      </Notice>
    );
  }
  if (!viewer) {
    return (
      <Notice title="For vendors" text="Sign in to see your job and to report your steps.">
        {way.value === 'provider' && <SignInButton primary />}
      </Notice>
    );
  }
  return (
    <Notice title="For vendors" text={`You are signed in as ${ROLES[viewer.role].toLowerCase()}. This page shows vendors their job.`}>
      <SignInControl />
    </Notice>
  );
}
