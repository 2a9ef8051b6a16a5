import type { ComponentChildren } from 'preact';
import type { BaseMap } from './baseMap';

export function ZoomButtons({ base }: { base: BaseMap }) {
  return (
    <>
      <MapButton icon="M12 5v14M5 12h14" label="Zoom in" act={() => base.zoomBy(1)} />
      <MapButton icon="M5 12h14" label="Zoom out" act={() => base.zoomBy(-1)} />
    </>
  );
}

interface Props {
  /** Strokes in a square of 24. */
  readonly icon: string;
  /** Its name, where it has no words. */
  readonly label?: string;
  readonly act: () => void;
  /** Its words. */
  readonly children?: ComponentChildren;
}

/** A button above a map. */
export function MapButton({ icon, label, act, children }: Props) {
  return (
    <button type="button" onClick={act} aria-label={label}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d={icon} fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" />
      </svg>
      {children}
    </button>
  );
}
