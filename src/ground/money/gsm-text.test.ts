import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gsmText, isGsmText, segmentCount } from './gsm-text.ts';
import { money } from './money.ts';
import { moneyText } from './money-text.ts';

test.each<[string, string]>([
  ['Prêt reçu, à bientôt', 'Pret recu, à bientot'],
  ['Élève né où ?', 'Élève né où ?'],
  ['e\u0301le\u0300ve', 'élève'],
  ['Cœur d’or « demain » – fin…', 'Coeur d\'or " demain " - fin...'],
  ['25\u202f000\u00a0F', '25 000 F'],
  ['Bɛn ŋa ɗo Ɔ', 'Ben na do O'],
  ['ïâÀÊÇ', 'iaAEÇ'],
  ['Chrome · Linux', 'Chrome - Linux'],
  ['Oui 👍', 'Oui ?'],
  ['[10 €]', '[10 €]'],
])('%j becomes %j', (text, fitted) => {
  expect(gsmText(text)).toBe(fitted);
});

test('every text becomes one that the 7-bit alphabet holds, and stays itself a second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const fitted = gsmText(text);
      expect(isGsmText(fitted)).toBe(true);
      expect(gsmText(fitted)).toBe(fitted);
    }),
  );
});

test.each<[string, string, number]>([
  ['nothing', '', 1],
  ['160 letters', 'a'.repeat(160), 1],
  ['161 letters', 'a'.repeat(161), 2],
  ['306 letters', 'a'.repeat(306), 2],
  ['307 letters', 'a'.repeat(307), 3],
  ['80 euro signs', '€'.repeat(80), 1],
  ['81 euro signs', '€'.repeat(81), 2],
  ['153 euro signs, none cut in two', '€'.repeat(153), 3],
  ['70 letters with one circumflex', `ê${'a'.repeat(69)}`, 1],
  ['71 letters with one circumflex', `ê${'a'.repeat(70)}`, 2],
  ['67 faces, none cut in two', '😀'.repeat(67), 3],
])('%s cost (row %#) what the network charges', (_name, text, segments) => {
  expect(segmentCount(text)).toBe(segments);
});

test('a page amount costs a second alphabet until it is fitted', () => {
  const page = moneyText(money(25_000n, 'XOF'), 'page', 'fr');
  expect(isGsmText(page)).toBe(false);
  expect(gsmText(page)).toBe(moneyText(money(25_000n, 'XOF'), 'ascii', 'fr'));
});
