import '../map/map.css';
import { useSignal, useSignalEffect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { MapButton, ZoomButtons } from '../map/MapButton';
import type { SessionMap } from './sessionMap';
import type { TrackingState } from './trackingState';

/** The map with its buttons. The map itself comes after all else: it is many times as big. */
export function MapPane({ state }: { state: ReadonlySignal<TrackingState> }) {
  const container = useRef<HTMLDivElement>(null);
  const map = useSignal<SessionMap | null>(null);
  const following = useSignal(true);
  const failed = useSignal(false);
  const { session, location, phase } = state.value;
  const centre = session?.incident.position ?? location;
  // once there was a place to show, the map stays, whatever is on it
  const placed = useRef(false);
  placed.current ||= centre !== null;

  useEffect(() => {
    if (!centre) {
      return;
    }
    let gone = false;
    import('./sessionMap')
      .then(({ SessionMap: Loaded }) => Loaded.in(container.current!, centre))
      .then((loaded) => {
        if (gone) {
          loaded.remove();
          return;
        }
        loaded.base.whenFollowingChanges((follows) => (following.value = follows));
        map.value = loaded;
      })
      .catch((problem) => {
        if (gone) {
          return;
        }
        console.warn('The map cannot be shown:', problem);
        failed.value = true;
      });
    return () => {
      gone = true;
      map.peek()?.remove();
    };
  }, [placed.current]);

  useSignalEffect(() => map.value?.show(state.value));

  return (
    <section class="map" aria-label="Map">
      <div class="canvas" ref={container} />
      {failed.value && <p class="map-note">The map cannot be shown on this device.</p>}
      {!centre && phase === 'ended' && <p class="map-note">The job is over. Its positions are no longer shown.</p>}
      {map.value && (
        <div class="map-buttons">
          <ZoomButtons base={map.value.base} />
          {!following.value && (
            <MapButton icon="M12 2v4M12 18v4M2 12h4M18 12h4M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z" act={() => map.value?.recentre()}>
              Re-centre
            </MapButton>
          )}
        </div>
      )}
    </section>
  );
}
