/**
 * Says in a few words which browser and system a login came from, so that a person recognises their own devices.
 *
 * Two known words are kept and never the header itself: it is long, forgeable, and identifies people.
 */

/** The first match wins, so those that imitate others come before them. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Opera Mini/, 'Opera Mini'],
  [/OPR\/|OPX\/|Opera/, 'Opera'],
  [/EdgA?\//, 'Edge'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/UCBrowser/, 'UC Browser'],
  [/PHX\/|Phoenix/, 'Phoenix'],
  [/FBAN|FBAV/, 'Facebook'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/KAIOS/i, 'KaiOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iPhone'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/J2ME|MIDP/, 'Java'],
  [/Linux|X11/, 'Linux'],
];

/** `Chrome · Android`, or the one word that is known, or nothing. */
export function deviceLabel(userAgent: string | undefined): string | undefined {
  if (userAgent === undefined) return undefined;
  const words = [BROWSERS, SYSTEMS].map((known) => known.find(([sign]) => sign.test(userAgent))?.[1]);
  const label = words.filter((word) => word !== undefined).join(' · ');
  return label === '' ? undefined : label;
}
