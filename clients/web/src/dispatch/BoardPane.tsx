import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import '../map/map.css';
import { MapButton, ZoomButtons } from '../map/MapButton';
import { isLoaded } from './boardState';
import type { BoardMap } from './boardMap';
import { isPlace, type Desk } from './desk';

/** Where the map begins while there is nothing to show: the middle of North America. */
const SOMEWHERE = { latitude: 39, longitude: -97 };

/** The map with its buttons. The map itself comes after all else: it is many times as big. */
export function BoardPane({ desk, map }: { desk: Desk; map: Signal<BoardMap | null> }) {
  const container = useRef<HTMLDivElement>(null);
  const failed = useSignal(false);

  useEffect(() => {
    let gone = false;
    import('./boardMap')
      .then(({ BoardMap: Loaded }) =>
        Loaded.in(container.current!, SOMEWHERE, (jobId, position, asksForNew) => {
          if (desk.draft.peek() || (asksForNew && desk.may.dispatch)) {
            desk.draft.peek() ? (desk.draft.value = position) : desk.enter(position);
          } else if (jobId) {
            desk.select(jobId);
          }
        }),
      )
      .then((loaded) => {
        if (gone) {
          loaded.remove();
        } else {
          map.value = loaded;
        }
      })
      .catch((problem) => {
        console.warn('The map cannot be shown:', problem);
        failed.value = true;
      });
    return () => {
      gone = true;
      map.peek()?.remove();
      map.value = null;
    };
  }, [desk]);

  useSignalEffect(() =>
    map.value?.show({
      complete: isLoaded(desk.board.state.value),
      jobs: desk.jobs.value,
      selected: desk.selected.value,
      candidates: desk.candidates.value.flatMap(({ vendor }) => vendor.position ?? []),
      draft: desk.draft.value && isPlace(desk.draft.value) ? desk.draft.value : null,
      stale: desk.stale.value,
    }),
  );

  return (
    <section class="map" aria-label="Map">
      <div class="canvas" ref={container} />
      {failed.value && <p class="map-note">The map cannot be shown on this device.</p>}
      {map.value && (
        <div class="map-buttons">
          <ZoomButtons base={map.value.base} />
          <MapButton icon="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" label="Show all jobs" act={() => map.value?.showAll()} />
        </div>
      )}
    </section>
  );
}
