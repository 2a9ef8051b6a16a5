import { Map as MapLibre, ScaleControl, setWorkerUrl, type GeoJSONSource, type LngLatBoundsLike, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { FeatureCollection } from 'geojson';
import landUrl from 'world-atlas/land-110m.json?url';
import cityUrl from './city.json?url';
import { locale } from '../words/locale';
import { usesMiles } from '../words/units';
import type { Position } from './geometry';
import { graticule } from './graticule';
import { ownStyle } from './ownStyle';
import { paddingOf, type Padding } from './padding';
import { DARK, LIGHT, offlineStyle, type Palette } from './style';
import { whenUnusable } from './usable';

// by URL: a worker from a blob would need a wider Content-Security-Policy
setWorkerUrl(workerUrl);

export type Coordinates = [number, number];

/** A map without anything of ours on it, in the colours that the viewer likes. */
export class BaseMap {
  private readonly dark = window.matchMedia('(prefers-color-scheme: dark)');
  private readonly restyle = () => this.map.setStyle(this.style(), { diff: false });
  private following = true;
  private onFollowing: (following: boolean) => void = () => {};
  private readonly stopWatching: () => void;

  /** `hasOwnStyle`: it shows the map that the operator has set. */
  private constructor(
    readonly map: MapLibre,
    private readonly style: () => StyleSpecification,
    private hasOwnStyle: boolean,
  ) {
    this.stopWatching = hasOwnStyle ? whenUnusable(map, (why) => this.fallBack(why)) : () => {};
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new ScaleControl({ unit: usesMiles(locale) ? 'imperial' : 'metric' }), 'bottom-right');
    map.on('moveend', () => this.drawGraticule());
    map.on('style.load', () => this.drawGraticule());
    // a move with an event was made by a person, who wants to look at something else
    map.on('movestart', (event) => (event as { originalEvent?: unknown }).originalEvent && this.follow(false));
    if (!hasOwnStyle) {
      this.dark.addEventListener('change', this.restyle);
    }
  }

  /** The map of the settings, else the one that needs no network, also when nothing of the former comes. */
  static async in(container: HTMLElement, center: Position, zoom: number): Promise<BaseMap> {
    const [own, land] = await Promise.all([ownStyle(), landOfTheWorld()]);
    const palette = () => (window.matchMedia('(prefers-color-scheme: dark)').matches ? DARK : LIGHT);
    const style = () => offlineStyle(palette(), land, cityUrl);
    const map = new MapLibre({
      container,
      style: own ?? style(),
      center: [center.longitude, center.latitude],
      zoom,
      minZoom: 1,
      maxZoom: 18,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: own ? { compact: true } : false,
      locale: { 'Map.Title': 'Map. Arrow keys move it, plus and minus zoom.' },
    });
    return new BaseMap(map, style, own !== null);
  }

  get palette(): Palette {
    return this.dark.matches ? DARK : LIGHT;
  }

  /** Adds sources and layers: now or as soon as there is a style, and again when the style changes. */
  onStyle(draw: () => void): void {
    this.map.on('style.load', draw);
    if (this.map.isStyleLoaded()) {
      draw();
    }
  }

  /** Whether the map moves along with what it shows, until somebody moves it by hand. */
  follow(following: boolean): void {
    if (following !== this.following) {
      this.following = following;
      this.onFollowing(following);
    }
  }

  get follows(): boolean {
    return this.following;
  }

  whenFollowingChanges(listener: (following: boolean) => void): void {
    this.onFollowing = listener;
  }

  /** For a button: whoever presses it has moved the map. */
  zoomBy(levels: number): void {
    this.follow(false);
    this.map.easeTo({ zoom: this.map.getZoom() + levels, duration: 250 });
  }

  /** Shows all of these positions, if not all of them are in view, or if they have become small. */
  show(positions: readonly Position[], maxZoom: number, animate: boolean): void {
    const bounds = boundsOf(positions);
    const camera = this.map.cameraForBounds(bounds, { padding: this.padding, maxZoom });
    if (!camera?.center) {
      return;
    }
    const away = positions.some((position) => !this.isInView(position));
    if (!animate || away || (camera.zoom ?? 0) > this.map.getZoom() + 0.8) {
      this.map.easeTo({ ...camera, duration: animate ? 900 : 0 });
    }
  }

  setData(source: string, data: FeatureCollection): void {
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  }

  remove(): void {
    this.stopWatching();
    this.dark.removeEventListener('change', this.restyle);
    this.map.remove();
  }

  private fallBack(why: unknown): void {
    console.warn('The map of the settings cannot be shown.', why);
    this.hasOwnStyle = false;
    this.dark.addEventListener('change', this.restyle);
    this.restyle();
  }

  private isInView({ latitude, longitude }: Position): boolean {
    const { x, y } = this.map.project([longitude, latitude]);
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const { top, bottom, left, right } = this.padding;
    return x >= left / 2 && x <= width - right / 2 && y >= top / 2 && y <= height - bottom / 2;
  }

  private get padding(): Padding {
    const { clientWidth, clientHeight } = this.map.getContainer();
    return paddingOf(clientWidth, clientHeight);
  }

  private drawGraticule(): void {
    if (!this.hasOwnStyle) {
      const bounds = this.map.getBounds();
      this.setData('graticule', graticule({ west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() }));
    }
  }
}

async function landOfTheWorld(): Promise<FeatureCollection> {
  try {
    const topology = (await (await fetch(landUrl)).json()) as Topology<{ land: GeometryCollection }>;
    return feature(topology, topology.objects.land);
  } catch {
    return { type: 'FeatureCollection', features: [] };
  }
}

function boundsOf(positions: readonly Position[]): LngLatBoundsLike {
  const longitudes = positions.map(({ longitude }) => longitude);
  const latitudes = positions.map(({ latitude }) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
