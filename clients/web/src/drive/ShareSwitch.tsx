import { useEffect } from 'preact/hooks';
import { now } from '../page/now';
import { Switch } from '../page/Switch';
import type { CurrentJob } from './driving';
import { sharingText } from './words';

const canShare = 'geolocation' in navigator && window.isSecureContext;

/** Whether a vendor shares the position of the device during jobs, remembered for the next one. Another vendor on the same device is asked anew. */
function keyOf(vendorId: string): string {
  return `towline.drive.share.${vendorId}`;
}

/** Shares the position of the device during a job. Nothing where a browser cannot. */
export function ShareSwitch({ vendorId, job: { sharing } }: { vendorId: string; job: CurrentJob }) {
  useEffect(() => {
    if (canShare && localStorage.getItem(keyOf(vendorId)) === 'yes') {
      sharing.start();
    }
  }, [sharing, vendorId]);
  if (!canShare) {
    return null;
  }
  const state = sharing.state.value;
  const on = state.phase !== 'off' && state.phase !== 'denied';
  const change = (wanted: boolean) => {
    localStorage.setItem(keyOf(vendorId), wanted ? 'yes' : 'no');
    wanted ? sharing.start() : sharing.end();
  };
  return <Switch name="Share my position" text={sharingText(state, now.value)} on={on} change={change} />;
}
