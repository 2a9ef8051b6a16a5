import { useEffect } from 'preact/hooks';
import { now } from '../page/now';
import { Switch } from '../page/Switch';
import type { CurrentJob } from './driving';
import { canShare } from './sharing';
import { sharingText } from './words';

/** Whether this driver shares the position of the device during jobs: remembered for the next one. */
const KEY = 'towline.drive.share';

/** Shares the position of the device during a job. Nothing where a browser cannot. */
export function ShareSwitch({ job: { sharing } }: { job: CurrentJob }) {
  useEffect(() => {
    if (canShare && localStorage.getItem(KEY) === 'yes') {
      sharing.start();
    }
  }, [sharing]);
  if (!canShare) {
    return null;
  }
  const state = sharing.state.value;
  const on = state.phase !== 'off' && state.phase !== 'denied';
  const change = (wanted: boolean) => {
    localStorage.setItem(KEY, wanted ? 'yes' : 'no');
    wanted ? sharing.start() : sharing.end();
  };
  return <Switch name="Share my position" text={sharingText(state, now.value)} on={on} change={change} />;
}
