import { expect, test } from 'vitest';
import { gsmText, segmentCount } from '../ground/money/gsm-text.ts';
import { codeNotice, consoleNotice, invitationNotice, invitedNotice } from './notices.ts';

test.each([
  ['login', 'fr'],
  ['login', 'en'],
  ['reset-pin', 'fr'],
  ['reset-pin', 'en'],
  ['destination:+2250707070712', 'fr'],
  ['destination:+2250707070712', 'en'],
] as const)('the message for %s in %s is one 7-bit segment and carries the code once', (purpose, locale) => {
  const text = codeNotice('004829', purpose, locale);
  expect(text.split('004829')).toHaveLength(2);
  expect(gsmText(text)).toBe(text);
  expect(segmentCount(text)).toBe(1);
});

test('the message for a destination names the number without showing it', () => {
  const text = codeNotice('004829', 'destination:+2250707070712', 'fr');
  expect(text).toContain('+225 07 ** ** ** 12');
  expect(text).not.toContain('0707070712');
});

test('what is told about the console is one segment each, also with long words in it', () => {
  const address = '2001:0db8:85a3:0000:0000:8a2e:0370:7334';
  for (const locale of ['fr', 'en'] as const)
    expect(segmentCount(consoleNotice('Samsung Internet · Android', address, locale))).toBe(1);
  const link = `https://tontine.example.org/console/invitation/${'x'.repeat(32)}/`;
  expect(invitationNotice(link)).toContain(link);
  expect(segmentCount(invitationNotice(link))).toBe(1);
});

test.each([
  ['Les Étoiles', 'Les Étoiles'],
  ['Famille Koné de Bouaké et de Yamoussoukro', 'Famille Koné de Boua'],
  ['Gagnez sur http://faux.example/ 07 07 07', 'Gagnez sur http faux'],
  ['ⴰⴱ 123', ''],
])('an invitation of «%s» is one 7-bit segment and brings no address but ours', (name, shown) => {
  const link = `https://tontine.${'x'.repeat(30)}.example.org/tontines/`;
  const text = invitedNotice(name, link);
  expect(text).toContain(shown === '' ? 'une tontine vous invite' : `(${gsmText(shown)})`);
  expect(text.split(/https?:\/\//)).toHaveLength(2);
  expect(gsmText(text)).toBe(text);
  expect(segmentCount(text)).toBe(1);
});
