import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Switch } from '../page/Switch';
import { DriveHeader } from './DriveHeader';
import type { Driving } from './driving';
import { AVAILABILITIES, NO_JOB, troubleOf } from './words';

/** A vendor without a job. */
export function IdleScreen({ driving }: { driving: Driving }) {
  const { loaded, vendor } = driving.state.value;
  const busy = useSignal(false);
  const trouble = useSignal<string | null>(null);

  useEffect(() => {
    document.title = 'Towline · Drive';
  }, []);

  const say = async (available: boolean) => {
    busy.value = true;
    trouble.value = null;
    try {
      await driving.say(available ? 'AVAILABLE' : 'OFFLINE');
    } catch (problem) {
      trouble.value = troubleOf(problem);
    }
    busy.value = false;
  };

  return (
    <main class="idle">
      <DriveHeader driving={driving} />
      <div class="head">
        <h1>{!loaded ? 'One moment' : vendor ? 'No job now' : 'No such vendor'}</h1>
        <p role="status">
          {!loaded ? 'Looking for your job …' : vendor ? NO_JOB[vendor.availability] : 'The service does not know a vendor with your id. Ask dispatch.'}
        </p>
      </div>
      {vendor && (
        <Switch
          name={`${vendor.name} takes jobs`}
          text={busy.value ? 'Sending …' : AVAILABILITIES[vendor.availability]}
          on={vendor.availability === 'AVAILABLE'}
          busy={busy.value}
          change={say}
        />
      )}
      {trouble.value && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </main>
  );
}
