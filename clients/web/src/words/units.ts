export const METERS_PER_MILE = 1609.344;
const METERS_PER_FOOT = 0.3048;

/** Where road signs are in miles. */
const MILES = ['US', 'GB', 'LR', 'MM'];

/** Whether people of that language tag, such as `en-GB`, measure roads in miles. */
export function usesMiles(locale: string): boolean {
  return MILES.includes(new Intl.Locale(locale).maximize().region ?? '');
}

/** A distance by road as a person says it: "3.2 mi", "500 ft", "1,2 km", "400 m". */
export function distance(meters: number, locale: string): string {
  if (usesMiles(locale)) {
    const miles = meters / METERS_PER_MILE;
    return miles < 0.19 ? unit(rounded(meters / METERS_PER_FOOT, 50), 'foot', locale) : long(miles, 'mile', locale);
  }
  return meters < 950 ? unit(rounded(meters, 50), 'meter', locale) : long(meters / 1000, 'kilometer', locale);
}

function long(value: number, name: string, locale: string): string {
  return unit(value, name, locale, value < 9.95 ? 1 : 0);
}

function unit(value: number, name: string, locale: string, digits = 0): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: name,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

function rounded(value: number, step: number): number {
  return Math.max(step, Math.round(value / step) * step);
}
