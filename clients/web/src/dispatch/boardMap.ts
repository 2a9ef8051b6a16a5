import type { MapMouseEvent } from 'maplibre-gl';
import { BaseMap } from '../map/baseMap';
import type { Position } from '../map/geometry';
import { isAtRest, moveTo, startAt, type Motion } from '../map/motion';
import { LEAST_FRAME_MS, pace } from '../map/pace';
import { nearest, tidy, type Place } from '../map/place';
import { fixOf } from './jobs';
import { marksOf, type Mark, type Picture } from './marks';
import { BoardPainter } from './painter';

const FIRST_ZOOM = 3;
const CLOSEST_ZOOM = 14;
/** So many of the nearest vendors come into view with the job. */
const CANDIDATES_SHOWN = 3;
/** As far from a mark a click still means it. */
const CLICK_PIXELS = 22;

/**
 * All jobs on a map. The marks are drawn on a canvas of their own above the map: an element for each of hundreds of vehicles, or the map drawn anew with
 * each frame, would cost much more.
 */
export class BoardMap {
  private readonly dark = window.matchMedia('(prefers-color-scheme: dark)');
  private readonly restyle = () => {
    this.painter.restyle();
    this.draw();
  };
  private readonly canvas = document.createElement('canvas');
  private readonly painter = new BoardPainter(this.canvas);
  private readonly motions = new Map<string, Motion>();
  private picture: Picture | null = null;
  private marks: readonly Mark[] = [];
  private hovered: string | null = null;
  private frame = 0;
  private drawnMs = -Infinity;
  private frameMs = LEAST_FRAME_MS;
  private looked = false;

  private constructor(
    readonly base: BaseMap,
    private readonly picked: (jobId: string | null, position: Position, asksForNew: boolean) => void,
  ) {
    const { map } = base;
    this.canvas.className = 'marks';
    this.canvas.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(this.canvas);
    map.on('move', () => this.draw());
    map.on('resize', () => this.draw());
    map.on('click', (event) => this.picked(this.jobAt(event.point), positionOf(event), false));
    map.on('contextmenu', (event) => this.picked(null, positionOf(event), true));
    map.on('mousemove', ({ point }) => this.hover(this.jobAt(point)));
    map.on('mouseout', () => this.hover(null));
    this.dark.addEventListener('change', this.restyle);
  }

  /** `picked` is told which job was clicked, if any, and where; `asksForNew`: with the other button of the mouse. */
  static async in(container: HTMLElement, center: Position, picked: BoardMap['picked']): Promise<BoardMap> {
    return new BoardMap(await BaseMap.in(container, center, FIRST_ZOOM), picked);
  }

  /** Shows that from now on. */
  show(picture: Picture, nowMs = performance.now()): void {
    const before = this.picture;
    this.picture = picture;
    this.move(nowMs);
    this.draw();
    this.look(before);
  }

  get centre(): Position {
    const { lat, lng } = this.base.map.getCenter();
    return tidy({ latitude: lat, longitude: lng });
  }

  /** All jobs in view. */
  showAll(animate = true): void {
    this.base.follow(false);
    const positions = this.marks.map(({ position }) => position);
    if (positions.length > 0) {
      this.base.show(positions, CLOSEST_ZOOM, animate);
    }
  }

  remove(): void {
    cancelAnimationFrame(this.frame);
    this.dark.removeEventListener('change', this.restyle);
    this.base.remove();
  }

  private move(nowMs: number): void {
    const seen = new Set<string>();
    for (const { session } of this.picture!.jobs.underWay) {
      const fix = session && fixOf(session);
      if (!fix) {
        continue;
      }
      seen.add(session.id);
      const motion = this.motions.get(session.id);
      const goesBack = motion && fix.recordedMs < motion.fixes.at(-1)!.recordedMs;
      this.motions.set(session.id, motion && !goesBack ? moveTo(motion, fix, nowMs) : startAt(fix, nowMs));
    }
    [...this.motions.keys()].filter((id) => !seen.has(id)).forEach((id) => this.motions.delete(id));
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    if (!this.picture) {
      return;
    }
    const nowMs = performance.now();
    this.drawnMs = nowMs;
    this.marks = marksOf(this.picture, this.motions, nowMs);
    this.painter.paint(this.marks, (position) => this.place(position), this.hovered);
    if ([...this.motions.values()].some((motion) => !isAtRest(motion, nowMs))) {
      this.frame = requestAnimationFrame(() => this.drawNext());
    }
  }

  private drawNext(): void {
    const tookMs = performance.now() - this.drawnMs;
    if (tookMs < this.frameMs) {
      this.frame = requestAnimationFrame(() => this.drawNext());
    } else {
      this.frameMs = pace(this.frameMs, tookMs);
      this.draw();
    }
  }

  /** All of it once it is known, and then what was selected, and its vehicle until somebody moves the map. */
  private look(before: Picture | null): void {
    const { selected, candidates, complete } = this.picture!;
    if (!this.looked && complete && this.marks.length > 0) {
      this.looked = true;
      this.showAll(false);
    }
    if (selected && (selected.id !== before?.selected?.id || (candidates.length > 0 && before.candidates.length === 0))) {
      this.base.follow(true);
      // a panel may have opened beside the map
      requestAnimationFrame(() => this.lookAt(selected.id));
    } else if (selected?.session && this.base.follows && candidates.length === 0) {
      const newest = this.motions.get(selected.session.id)?.fixes.at(-1);
      this.bringIntoView([...this.placesOf(selected.id), ...(newest ? [newest] : [])]);
    }
  }

  private placesOf(jobId: string): readonly Position[] {
    return this.marks.filter((mark) => mark.jobId === jobId).map(({ position }) => position);
  }

  private lookAt(jobId: string): void {
    this.base.map.resize();
    this.bringIntoView([...this.placesOf(jobId), ...this.picture!.candidates.slice(0, CANDIDATES_SHOWN)]);
  }

  /** A job that is over has no place any more. */
  private bringIntoView(positions: readonly Position[]): void {
    if (positions.length > 0) {
      this.base.show(positions, CLOSEST_ZOOM, true);
    }
  }

  private jobAt(place: Place): string | null {
    const own = this.marks.filter(({ jobId }) => jobId !== null);
    return nearest(own, ({ position }) => this.place(position), place, CLICK_PIXELS)?.jobId ?? null;
  }

  private hover(jobId: string | null): void {
    if (jobId !== this.hovered) {
      this.hovered = jobId;
      this.base.map.getCanvas().style.cursor = jobId ? 'pointer' : '';
      this.draw();
    }
  }

  private place({ latitude, longitude }: Position): Place {
    return this.base.map.project([longitude, latitude]);
  }
}

function positionOf({ lngLat }: MapMouseEvent): Position {
  return tidy({ latitude: lngLat.lat, longitude: lngLat.lng });
}
