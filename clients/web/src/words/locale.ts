/** The first of the viewer's languages that is a language tag: some systems tell `en-US@posix`. */
export function firstLocale(languages: readonly string[]): string {
  return languages.find(isLocale) ?? 'en-US';
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/** In which dates and distances are written. */
export const locale = firstLocale(globalThis.navigator?.languages ?? []);
