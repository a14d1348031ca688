import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { frenchTypography } from './french-typography.ts';
import {
  formatBasisPoints,
  formatDate,
  formatDateTime,
  formatDateTimeZone,
  formatTime,
  isLocale,
  wordsFor,
} from './words.ts';

/** Every sentence of a dictionary under its path; a sentence made by a function is made with plain values. */
function sentences(entry: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof entry === 'string') return [[path, entry]];
  if (typeof entry === 'function') return [[path, String(entry(3, 'x', 'y'))]];
  return Object.entries(entry as object).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

describe('the dictionaries', () => {
  test('say the same things in both languages, in the same order', () => {
    expect(sentences(en).map(([path]) => path)).toEqual(sentences(fr).map(([path]) => path));
  });

  test.each([
    ['fr', fr],
    ['en', en],
  ])('leave nothing empty in %s', (_locale, words) => {
    const all = sentences(words);
    expect(all.length).toBeGreaterThan(200);
    expect(
      all.filter(([, text]) => text.trim() !== text || text === '' || text.includes('undefined')),
    ).toEqual([]);
  });

  test('leave no French sentence in the English dictionary', () => {
    // Names of methods, of some countries and of the languages themselves are the same in both.
    const same = new Map(sentences(fr));
    const untranslated = sentences(en).filter(
      ([path, text]) => same.get(path) === text && / /.test(text) && !/^\.(methods|countries)\./.test(path),
    );
    expect(untranslated).toEqual([]);
  });

  test('count as each language counts', () => {
    const counts = (locale: 'fr' | 'en') =>
      [0, 1, 2].map((count) => wordsFor(locale).wallet.pendingCount(count));
    expect(counts('fr')).toEqual(['0 paiement en cours', '1 paiement en cours', '2 paiements en cours']);
    expect(counts('en')).toEqual([
      '0 payments in progress',
      '1 payment in progress',
      '2 payments in progress',
    ]);
  });

  test('set French punctuation with unbreakable spaces, also in sentences made by functions', () => {
    expect(frenchTypography("Prêt ? « Oui » : l'argent arrive à 2 %")).toBe(
      'Prêt\u00a0? «\u00a0Oui\u00a0»\u00a0: l’argent arrive à 2\u00a0%',
    );
    expect(wordsFor('fr').topup.feeAbout('2,5')).toBe('frais 2,5\u00a0%');
    expect(sentences(wordsFor('fr')).filter(([, text]) => / [:;?!»%]/.test(text))).toEqual([]);
  });
});

describe('dates and rates', () => {
  const instant = new Date('2026-11-23T23:39:00Z');

  test.each([
    ['fr', '23 nov. 2026, 23:39', '23 nov. 2026', '23:39'],
    ['en', '23 Nov 2026, 23:39', '23 Nov 2026', '23:39'],
  ] as const)('are written as %s readers write them', (locale, both, day, time) => {
    expect(formatDateTime(instant, locale)).toBe(both);
    expect(formatDate(instant, locale)).toBe(day);
    expect(formatTime(instant, locale)).toBe(time);
  });

  test('follow the reader’s zone, and name it on documents', () => {
    expect(formatDateTime(instant, 'fr', 'Africa/Porto-Novo')).toBe('24 nov. 2026, 00:39');
    expect(formatDateTimeZone(instant, 'fr')).toBe('23 nov. 2026, 23:39 GMT');
    expect(formatDateTimeZone(instant, 'en')).toBe('23 Nov 2026, 23:39 GMT');
    expect(formatDateTimeZone(instant, 'fr', 'Africa/Porto-Novo')).toContain('UTC+1');
  });

  test('a rate has the decimals that it needs', () => {
    expect(formatBasisPoints(250, 'fr')).toBe('2,5');
    expect(formatBasisPoints(125, 'en')).toBe('1.25');
    expect(formatBasisPoints(300, 'fr')).toBe('3');
  });

  test('only our two languages are languages', () => {
    expect(['fr', 'en', 'de', '', undefined, ['fr']].map(isLocale)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
