/** What the operator of the service has set for the map. */
export interface MapSettings {
  /** The URL of a MapLibre style; null: the map that comes with the pages. */
  readonly mapStyleUrl: string | null;
}

const NONE: MapSettings = { mapStyleUrl: null };

/** Without an answer the map that comes with the pages does. */
export async function mapSettings(): Promise<MapSettings> {
  try {
    const response = await fetch('/web/settings.json');
    return response.ok ? { ...NONE, ...(await response.json()) } : NONE;
  } catch {
    return NONE;
  }
}
