import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Minutes } from '../../../../tontine/meetings/minutes.ts';
import { drawMinutes } from './minutes-pdf.ts';

const minutes: Minutes = {
  meetingId: 'mtg_1',
  groupName: 'Les Étoiles',
  currency: 'XOF',
  timeZone: 'Africa/Abidjan',
  heldOn: '2026-04-05',
  venue: 'Chez Awa',
  openedAt: new Date('2026-04-05T16:00:00Z'),
  closedAt: new Date('2026-04-05T18:30:00Z'),
  round: 4,
  presences: ['Awa', 'Yao', 'Koffi'].map((name, place) => ({
    name,
    presence: place === 2 ? 'absent' : 'present',
  })),
  decisions: ['Le prochain tour se tient chez Fatou.'],
  totals: {
    contributionsWallet: 240_000n,
    contributionsCash: 15_000n,
    payoutsWallet: 300_000n,
    payoutsCash: 0n,
    finesLevied: 1_500n,
    stillDue: 36_500n,
    boxes: 61_500n,
  },
  funds: [
    { fund: 'pot', wallet: 0n, cash: 0n },
    { fund: 'solidarity', wallet: 12_000n, cash: 4_000n },
  ],
  boxes: [
    {
      name: 'Mariam',
      opening: 40_000n,
      cameIn: 215_000n,
      wentOut: 180_000n,
      counted: 74_500n,
      variance: -500n,
      explanation: 'billet déchiré',
    },
  ],
};

/** The words on the pages, as the standard fonts write them: hexadecimal codes of Windows-1252 between brackets. */
function textOf(pdf: Buffer): string {
  const bytes = pdf.toString('latin1');
  const streams = [...bytes.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map((found) => {
    const raw = Buffer.from(found[1] ?? '', 'latin1');
    try {
      return inflateSync(raw).toString('latin1');
    } catch {
      return '';
    }
  });
  const codes = streams.flatMap((stream) =>
    [...stream.matchAll(/<([0-9a-f]+)>/g)].map((found) => found[1] ?? ''),
  );
  return Buffer.from(codes.join(''), 'hex').toString('latin1').replaceAll('\u00a0', ' ');
}

test.each([
  ['fr', 'Cotisations, portefeuilles', '240 000 F CFA', '-500 F CFA', 'absent'],
  ['en', 'Contributions, wallets', '240,000 F CFA', '-500 F CFA', 'absent'],
] as const)(
  'in %s the sheet has every figure of the books, and the difference of a box',
  async (locale, ...texts) => {
    const text = textOf(await drawMinutes(minutes, locale));
    for (const expected of [...texts, 'Awa', 'Chez Awa', 'Le prochain tour se tient chez Fatou.', '61']) {
      expect(text).toContain(expected);
    }
  },
);

test('a large group and long decisions go on further pages, and an open meeting is called a draft', async () => {
  const large: Minutes = {
    ...minutes,
    closedAt: null,
    presences: Array.from({ length: 250 }, (_, place) => ({ name: `Membre ${place}`, presence: 'present' })),
    decisions: Array.from({ length: 30 }, (_, place) => `Décision ${place} ${'très longue '.repeat(30)}`),
  };
  const pdf = await drawMinutes(large, 'fr');
  const pages = [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;
  expect(pages).toBeGreaterThan(3);
  const text = textOf(pdf);
  expect(text).toContain('Membre 249');
  expect(text).toContain(`1 / ${pages}`);
  expect(text).toContain('Projet');
});
