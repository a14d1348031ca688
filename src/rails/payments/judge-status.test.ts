import { expect, test } from 'vitest';
import { after, MINUTE_MS } from '../../ground/clock.ts';
import { money } from '../../ground/money/money.ts';
import type { ProviderStatus, StatusAnswer } from '../provider.ts';
import { MADE_AT, samplePayment } from '../testing/sample-payment.ts';
import { judgeStatus, type StatusFound } from './judge-status.ts';
import type { PaymentState } from './payment.ts';

const IN_TIME = after(MADE_AT, MINUTE_MS);
const PAST_TTL = after(MADE_AT, 16 * MINUTE_MS);

function said(status: ProviderStatus, changes: Partial<StatusFound> = {}): StatusFound {
  return {
    found: 'yes',
    status,
    word: status,
    paid: money(10_000n, 'XOF'),
    references: { reference: 'R1' },
    ...changes,
  };
}

/** Without its default amount. */
function unpriced(status: ProviderStatus): StatusAnswer {
  return { found: 'yes', status, word: status, references: { reference: 'R1' } };
}

const ANSWERS: Readonly<Record<string, StatusAnswer>> = {
  'cannot be read': { found: 'unavailable', evidence: 'timeout' },
  'not found': { found: 'no' },
  pending: said('pending'),
  'a new word': said('unrecognised'),
  success: said('succeeded'),
  'no amount': unpriced('succeeded'),
  unreadable: said('succeeded', { paid: 'unreadable' }),
  'other currency': said('succeeded', { paid: money(10_000n, 'XAF') }),
  'times 100': said('succeeded', { paid: money(1_000_000n, 'XOF') }),
  'a franc less': said('succeeded', { paid: money(9_999n, 'XOF') }),
  'other world': said('succeeded', { environment: 'live' }),
  failed: said('failed'),
  expired: said('expired'),
  reversed: said('reversed'),
};

// One letter per answer, in the order above: w wait, e expire, s succeed, r review, f fail, v reverse, k keep,
// c contradiction. First before the payer's time is over, then after.
const TABLE: readonly [PaymentState, string, string][] = [
  //                    ?n.u s_xcx<o fxr
  ['created', 'wwwwswrrrrcfef', 'weeesrrrrrcfef'],
  ['action-required', 'wwwwswrrrrcfef', 'weeesrrrrrcfef'],
  ['submitting', 'wwwwswrrrrcfef', 'weeesrrrrrcfef'],
  ['pending', 'wwwwswrrrrcfef', 'weeesrrrrrcfef'],
  ['unknown', 'wwwwswrrrrcfef', 'weeesrrrrrcfef'],
  ['failed', 'wkkkswrrrrckkk', 'wkkksrrrrrckkk'],
  ['expired', 'wkkkswrrrrckkk', 'wkkksrrrrrckkk'],
  ['succeeded', 'wkkkkkkkkkcccv', 'wkkkkkkkkkcccv'],
  ['review', 'wkkkkkkkkkcccc', 'wkkkkkkkkkcccc'],
  ['reversed', 'wkkkccccccckkk', 'wkkkccccccckkk'],
];

const LETTERS: Readonly<Record<string, string>> = {
  wait: 'w',
  expire: 'e',
  succeed: 's',
  review: 'r',
  fail: 'f',
  reverse: 'v',
  keep: 'k',
  contradiction: 'c',
};

test.each(TABLE)('a payment that is %s', (state, inTime, late) => {
  const judged = (now: Date): string =>
    Object.values(ANSWERS)
      .map((answer) => LETTERS[judgeStatus(samplePayment({ state }), answer, now).decision])
      .join('');
  expect(judged(IN_TIME)).toBe(inTime);
  expect(judged(PAST_TTL)).toBe(late);
});

test.each<[string, string, bigint | undefined]>([
  // What the provider holds of it for us: its fee of 1.5 % is gone, whosever the money is.
  ['unreadable', 'amount-unreadable', undefined],
  ['other currency', 'currency-differs', 9_850n],
  ['times 100', 'amount-differs', 985_000n],
  ['a franc less', 'amount-differs', 9_849n],
])('a success with %s is reviewed as %s', (name, reason, held) => {
  const judgement = judgeStatus(samplePayment(), ANSWERS[name] ?? { found: 'no' }, IN_TIME);
  expect(judgement).toMatchObject({ decision: 'review', reason });
  expect(judgement.decision === 'review' ? judgement.held?.amount : 0n).toBe(held);
});

test.each<[string, Partial<StatusFound>, bigint | undefined, bigint | 'review']>([
  ['told by the status', { fee: money(200n, 'XOF') }, 150n, 200n],
  ['told when it was accepted', {}, 160n, 160n],
  ['only quoted', {}, undefined, 150n],
  ['told in another currency, which says nothing', { fee: money(3n, 'EUR') }, undefined, 150n],
  ['everything', { fee: money(10_000n, 'XOF') }, undefined, 'review'],
  ['negative', { fee: money(-1n, 'XOF') }, undefined, 'review'],
])('a fee that is %s', (_name, told, fee, expected) => {
  const judgement = judgeStatus(samplePayment({ fee }), said('succeeded', told), IN_TIME);
  expect(judgement).toMatchObject(
    expected === 'review'
      ? { decision: 'review', reason: 'fee-impossible' }
      : { decision: 'succeed', fee: expected },
  );
});

test('what two people have closed is opened again by no machine', () => {
  const resolved = samplePayment({ state: 'failed', reason: 'resolved' });
  expect(judgeStatus(resolved, said('succeeded'), PAST_TTL).decision).toBe('contradiction');
});
