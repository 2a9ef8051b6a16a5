// Distances as the tracking screen says them (clients/web/src/words/units.ts, and a test there compares the two). The start page is not built.

const METERS = { mile: 1609.344, kilometer: 1000, foot: 0.3048, meter: 1 };
/** Where road signs are in miles. */
const MILES = ['US', 'GB', 'LR', 'MM'];

/** The first of the viewer's languages that is a language tag: some systems tell `en-US@posix`. */
export function localeOf(languages) {
  return languages.find(isLocale) ?? 'en-US';
}

/** "3.2 mi", "500 ft", "1,2 km", "400 m". */
export function distance(meters, locale) {
  const [long, short, longFrom] = MILES.includes(new Intl.Locale(locale).maximize().region) ? ['mile', 'foot', 0.19] : ['kilometer', 'meter', 0.95];
  const far = meters / METERS[long];
  const digits = far < 9.95 ? 1 : 0;
  return far < longFrom ? said(Math.max(50, Math.round(meters / METERS[short] / 50) * 50), short, locale, 0) : said(far, long, locale, digits);
}

function said(value, unit, locale, digits) {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

function isLocale(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
