import { Marker } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import { BaseMap, type Coordinates } from '../map/baseMap';
import { shortWay, type Position } from '../map/geometry';
import { isAtRest, moveTo, shownAt, startAt, type Fix, type Motion, type Shown } from '../map/motion';
import { untilSeen } from '../map/pace';
import { incidentPin, vehicleArrow } from '../map/symbols';
import type { TrackingState } from './trackingState';

const CLOSEST_ZOOM = 16;
const FIRST_ZOOM = 12;
/** The vehicle moves above the map. For its lines the map itself is drawn anew, which costs a phone much more, and the vehicle covers their ends. */
const LINES_EVERY_MS = 1_000;
/** Of the screen. Edges are smoothed, so one sees less than a whole one. */
const LEAST_MOVE_PIXELS = 0.5;
/** A turn that one can see. */
const LEAST_TURN_DEGREES = 2;

/** One session on a map: the vehicle, which glides from fix to fix, the way that it came, and the incident. */
export class SessionMap {
  private vehicle: Marker | null = null;
  private incident: Marker | null = null;
  private motion: Motion | null = null;
  private trail: readonly Fix[] = [];
  /** How many fixes of the trail the vehicle is shown to have passed. */
  private passed = -1;
  private frame = 0;
  private wait: ReturnType<typeof setTimeout> | undefined;
  private linesDrawnMs = -Infinity;
  private target: Position | null = null;
  private approaches = false;
  private vendor = '';

  private constructor(readonly base: BaseMap) {
    base.onStyle(() => this.addLayers());
  }

  static async in(container: HTMLElement, center: Position): Promise<SessionMap> {
    return new SessionMap(await BaseMap.in(container, center, FIRST_ZOOM));
  }

  /** Shows that state from now on. */
  show(state: TrackingState, nowMs = performance.now()): void {
    if (state.session) {
      this.target = state.session.incident.position;
      this.vendor = state.session.vendor.name;
      this.drawIncident();
    }
    const approaches = state.status === 'ASSIGNED' || state.status === 'EN_ROUTE';
    const goesOn = this.passed > 0 && state.trail[this.passed - 1] === this.trail[this.passed - 1];
    if (!goesOn || approaches !== this.approaches) {
      this.linesDrawnMs = -Infinity;
      this.passed = -1;
    }
    this.approaches = approaches;
    this.trail = state.trail;
    this.move(state, nowMs);
    this.draw(nowMs);
    this.keepInView(state, this.vehicle !== null);
  }

  /** Back to what matters, after somebody has moved the map. */
  recentre(): void {
    this.base.follow(true);
    this.look(true);
  }

  remove(): void {
    this.stopFrames();
    this.base.remove();
  }

  private move({ location, trail }: TrackingState, nowMs: number): void {
    const newest = this.motion?.fixes.at(-1);
    if (!location) {
      this.motion = null;
    } else if (!this.motion || !newest || location.recordedMs < newest.recordedMs) {
      this.motion = startAt(location, nowMs);
    } else {
      // several at once after a lost connection: the vehicle goes along all of them
      this.motion = trail
        .slice(trail.findLastIndex(({ recordedMs }) => recordedMs <= newest.recordedMs) + 1)
        .reduce((motion, fix) => moveTo(motion, fix, nowMs), this.motion);
    }
  }

  private stopFrames(): void {
    clearTimeout(this.wait);
    cancelAnimationFrame(this.frame);
  }

  private draw(nowMs: number): void {
    this.stopFrames();
    if (!this.motion) {
      this.vehicle?.remove();
      this.vehicle = null;
      this.drawTrail(null, nowMs);
      return;
    }
    const shown = shownAt(this.motion, nowMs);
    this.drawVehicle(shown);
    this.drawTrail(shown, nowMs);
    if (isAtRest(this.motion, nowMs)) {
      this.linesDrawnMs = -Infinity;
      this.drawTrail(shown, nowMs);
    } else {
      this.wait = setTimeout(() => {
        // not by the time of the frame, which may lie before what was shown last
        this.frame = requestAnimationFrame(() => this.draw(performance.now()));
      }, untilSeen((afterMs) => this.looksDifferent(shown, shownAt(this.motion!, nowMs + afterMs))));
    }
  }

  private looksDifferent(one: Shown, other: Shown): boolean {
    const turned = shortWay(one.headingDegrees ?? 0, other.headingDegrees ?? 0);
    const pixels = this.base.map.project(coordinates(one)).dist(this.base.map.project(coordinates(other)));
    return pixels * window.devicePixelRatio >= LEAST_MOVE_PIXELS || Math.abs(turned) >= LEAST_TURN_DEGREES;
  }

  private drawIncident(): void {
    if (!this.target) {
      this.incident?.remove();
      this.incident = null;
    } else {
      this.incident ??= new Marker({ element: incidentPin('Where help is needed'), anchor: 'bottom' })
        .setLngLat(coordinates(this.target))
        .addTo(this.base.map);
    }
  }

  private drawVehicle(shown: Shown): void {
    this.vehicle ??= new Marker({ element: vehicleArrow(`The vehicle of ${this.vendor}`), subpixelPositioning: true }).setLngLat(coordinates(shown)).addTo(this.base.map);
    this.vehicle.setLngLat(coordinates(shown)).setRotation(shown.headingDegrees ?? 0);
    const element = this.vehicle.getElement();
    element.dataset.heading = shown.headingDegrees === null ? 'unknown' : 'known';
    element.dataset.recorded = String(Math.round(shown.recordedMs));
  }

  /** Only as far as the vehicle is shown: the trail never runs ahead of it. */
  private drawTrail(shown: Shown | null, nowMs: number): void {
    if (shown && nowMs < this.linesDrawnMs + LINES_EVERY_MS) {
      return;
    }
    this.linesDrawnMs = nowMs;
    const passed = shown ? this.trail.findLastIndex(({ recordedMs }) => recordedMs <= shown.recordedMs) + 1 : 0;
    if (passed !== this.passed) {
      this.passed = passed;
      this.base.setData('trail', line(this.trail.slice(0, passed)));
    }
    const last = this.trail[passed - 1];
    this.base.setData('trail-end', shown && last ? line([last, shown]) : line([]));
    this.base.setData('ahead', shown && this.target && this.approaches ? line([shown, this.target]) : line([]));
  }

  private keepInView({ location }: TrackingState, known: boolean): void {
    if (this.base.follows && (location || this.target)) {
      this.look(known && this.passed > 0 && this.looked);
      this.looked = this.looked || location !== null;
    }
  }

  private looked = false;

  private look(animate: boolean): void {
    const newest = this.motion?.fixes.at(-1);
    const positions = [...(newest ? [newest, shownAt(this.motion!, performance.now())] : []), ...(this.target ? [this.target] : [])];
    if (positions.length > 0) {
      this.base.show(positions, CLOSEST_ZOOM, animate);
    }
  }

  private addLayers(): void {
    const { map, palette } = this.base;
    for (const source of ['ahead', 'trail', 'trail-end']) {
      map.addSource(source, { type: 'geojson', data: line([]) });
    }
    map.addLayer({
      id: 'ahead',
      type: 'line',
      source: 'ahead',
      paint: { 'line-color': palette.ahead, 'line-width': 2, 'line-dasharray': [1.5, 2.5] },
    });
    const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
    for (const [part, color, width] of [['casing', palette.routeCasing, 8], ['line', palette.route, 4.5]] as const) {
      for (const source of ['trail', 'trail-end']) {
        map.addLayer({ id: `${source}-${part}`, type: 'line', source, layout: round, paint: { 'line-color': color, 'line-width': width } });
      }
    }
    this.passed = -1;
    this.linesDrawnMs = -Infinity;
    this.draw(performance.now());
  }
}

function coordinates({ latitude, longitude }: Position): Coordinates {
  return [longitude, latitude];
}

/** On the short side of the date line. */
function line(positions: readonly Position[]): FeatureCollection {
  const way = positions.map(coordinates);
  for (let i = 1; i < way.length; i++) {
    const turns = Math.round((way[i]![0] - way[i - 1]![0]) / 360);
    way[i]![0] -= turns * 360;
  }
  const features: FeatureCollection['features'] =
    way.length < 2 ? [] : [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: way } }];
  return { type: 'FeatureCollection', features };
}
