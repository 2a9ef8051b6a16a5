import { Failed } from './api/failure';

/** What the operator of the service has set for the pages. */
export interface PageSettings {
  /** What the maps show; null: what comes with the pages. */
  readonly map: MapSource | null;
  /** Where people sign in; null: nowhere. */
  readonly provider: ProviderSettings | null;
  /** Where the embedded stack gives tokens to everybody; null: nowhere. */
  readonly localTokenPath: string | null;
}

/** Where the map below the vehicles is. One of the URLs is set. */
export interface MapSource {
  /** Of a MapLibre style. */
  readonly styleUrl: string | null;
  /** Of images, with `{z}`, `{x}` and `{y}`. */
  readonly tilesUrl: string | null;
  /** Of a PMTiles archive of images. */
  readonly pmtilesUrl: string | null;
  /** About the origin of images, in HTML. */
  readonly attribution: string | null;
}

/** An OpenID Connect provider. */
export interface ProviderSettings {
  readonly authority: string;
  readonly clientId: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** What else the authorization endpoint gets. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NONE: PageSettings = { map: null, provider: null, localTokenPath: null };

let asked: Promise<PageSettings> | null = null;

/** Asks once. Throws `Failed` if there is no answer, and asks again the next time. */
export function pageSettings(): Promise<PageSettings> {
  asked ??= load().catch((problem) => {
    asked = null;
    throw problem;
  });
  return asked;
}

async function load(): Promise<PageSettings> {
  let settings: Partial<PageSettings> | null = null;
  try {
    const response = await fetch('/web/settings.json');
    settings = response.ok ? await response.json() : null;
  } catch {
    // no network, or a page of a proxy
  }
  if (!settings) {
    throw new Failed({ kind: 'lost' });
  }
  return { ...NONE, ...settings };
}
