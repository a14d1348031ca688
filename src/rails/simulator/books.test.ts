import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import { MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { type Money, money } from '../../ground/money/money.ts';
import type { Answer } from '../../ground/refusal.ts';
import type { BookEvent } from './book-event.ts';
import { type OpeningFloat, openBooks, type SimulatorBooks } from './books.ts';
import { mondayClock, payinRequest, testBooks } from './testing/test-simulator.ts';
import { feeOn, type Transaction } from './transaction.ts';

function accept<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}

function paidIn(books: SimulatorBooks, amount: bigint): Transaction {
  const created = accept(books.create(payinRequest({ amount: money(amount, 'XOF') })));
  return accept(books.approve(created.reference));
}

test.each<[bigint, bigint, bigint]>([
  [5_000n, 170n, 85n],
  [5_001n, 170n, 86n],
  [100n, 150n, 2n],
  [1_000_000n, 350n, 35_000n],
  [100n, 0n, 0n],
])('the fee on %s at %s basis points is %s, rounded up', (amount, rate, fee) => {
  expect(feeOn(money(amount, 'XOF'), rate)).toEqual(money(fee, 'XOF'));
});

test('an approved pay-in adds its net to the float, once', () => {
  const { books } = testBooks();
  const { reference } = accept(books.create(payinRequest()));
  expect(books.balance('XOF').amount).toBe(0n);
  expect(accept(books.approve(reference)).state).toBe('success');
  expect(books.balance('XOF').amount).toBe(4_915n);
  expect(books.approve(reference)).toMatchObject({ ok: false, refusal: { code: 'TRANSACTION_FINAL' } });
  expect(books.balance('XOF').amount).toBe(4_915n);
});

test('a pay-out leaves the float at once and comes back when it fails', () => {
  const { books } = testBooks();
  paidIn(books, 10_000n);
  const { reference } = accept(books.create(payinRequest({ direction: 'out' })));
  expect(books.balance('XOF').amount).toBe(9_830n - 5_000n);
  accept(books.refuse(reference));
  expect(books.balance('XOF').amount).toBe(9_830n);
});

test('a pay-out above the float is refused and leaves no trace', () => {
  const { books } = testBooks();
  expect(books.create(payinRequest({ direction: 'out' }))).toMatchObject({
    ok: false,
    refusal: { code: 'INSUFFICIENT_BALANCE' },
  });
  expect(books.list()).toEqual([]);
});

test('a reversal takes the net back, even when it was already paid out', () => {
  const { books } = testBooks();
  const first = paidIn(books, 10_000n);
  accept(books.create(payinRequest({ direction: 'out', amount: money(9_000n, 'XOF') })));
  accept(books.reverse(first.reference));
  expect(books.balance('XOF').amount).toBe(-9_000n);
});

test.each<[string, (books: SimulatorBooks, reference: string) => void, readonly string[]]>([
  ['pending', () => undefined, ['approve', 'refuse', 'expire', 'putAway']],
  ['failed', (books, reference) => void accept(books.refuse(reference)), ['approve']],
  ['expired', (books, reference) => void accept(books.expire(reference)), ['approve']],
  ['success', (books, reference) => void accept(books.approve(reference)), ['reverse']],
])('from %s only some changes are legal', (_state, prepare, legal) => {
  for (const act of ['approve', 'refuse', 'expire', 'reverse', 'putAway'] as const) {
    const { books } = testBooks();
    const { reference } = accept(books.create(payinRequest()));
    prepare(books, reference);
    expect([act, books[act](reference).ok]).toEqual([act, legal.includes(act)]);
  }
});

test('a payer who never answers lets the payment expire after a quarter of an hour, dated then', () => {
  const { books, clock } = testBooks();
  const { reference, createdAt } = accept(books.create(payinRequest()));
  clock.advance(15 * MINUTE_MS - 1);
  expect(books.tick()).toBe(0);
  clock.advance(10 * MINUTE_MS);
  expect(books.tick()).toBe(1);
  const expired = books.find(reference);
  expect(expired?.state).toBe('expired');
  expect(expired?.updatedAt.getTime()).toBe(createdAt.getTime() + 15 * MINUTE_MS);
  expect(books.tick()).toBe(0);
});

test('an instruction overrules the number, until it is withdrawn', () => {
  const { books } = testBooks();
  const { behaviour } = accept(books.create(payinRequest()));
  books.instruct('2250500001234', { ...behaviour, asksPhone: false, creation: 'lost' });
  expect(accept(books.create(payinRequest())).behaviour.creation).toBe('lost');
  books.instruct('2250500001234');
  expect(accept(books.create(payinRequest())).behaviour.creation).toBe('true');
});

test('the next due moment is the earliest of scripts and callbacks', () => {
  const { books, clock } = testBooks();
  expect(books.nextDueAt()).toBeUndefined();
  accept(books.create(payinRequest({ wallet: '+2250500000002' })));
  expect(books.nextDueAt()?.getTime()).toBe(clock.now().getTime() + 2 * SECOND_MS);
  clock.advance(2 * SECOND_MS);
  books.tick();
  expect(books.nextDueAt()).toEqual(clock.now());
});

test('money that the merchant brings is float, and is written down', () => {
  const { books, clock } = testBooks();
  expect(books.topUpFloat('XOF', 100_000n)).toEqual({ ok: true, value: money(100_000n, 'XOF') });
  clock.advance(SECOND_MS);
  expect(accept(books.topUpFloat('XOF', 5n))).toEqual(money(100_005n, 'XOF'));
  expect(books.balance('XAF').amount).toBe(0n);
  expect(books.topUps().map(({ amount, cause }) => [amount.amount, cause])).toEqual([
    [100_000n, 'merchant'],
    [5n, 'merchant'],
  ]);
});

test.each([0n, -1n, 1_000_000_001n])('nobody can bring %s', (amount) => {
  const { books } = testBooks();
  expect(books.topUpFloat('XOF', amount)).toMatchObject({ ok: false, refusal: { code: 'TOP_UP_INVALID' } });
  expect(books.topUps()).toEqual([]);
});

test('an opening float is there once, in new books only', () => {
  const past: BookEvent[] = [];
  const open = (openingFloat: OpeningFloat) => {
    const record = (event: BookEvent) => void past.push(event);
    const clock = mondayClock();
    return openBooks({ clock, chance: seededChance('opening'), past: [...past], record, openingFloat });
  };
  expect(open({ XOF: 50_000n }).balance('XOF').amount).toBe(50_000n);
  const again = open({ XOF: 50_000n, XAF: 70n });
  expect([again.balance('XOF').amount, again.balance('XAF').amount]).toEqual([50_000n, 70n]);
  accept(again.create(payinRequest()));
  expect(open({ XOF: 50_000n, GNF: 1_000n }).balance('GNF').amount).toBe(0n);
  expect(past.filter(({ kind }) => kind === 'topped-up')).toHaveLength(2);
});

test('a pay-out’s fee, where one is configured, is taken on top and comes back with a failure', () => {
  const clock = mondayClock();
  const payoutFees = { '30': 100n };
  const books = openBooks({
    clock,
    chance: seededChance('fees'),
    openingFloat: { XOF: 5_050n },
    payoutFees,
  });
  const asked = payinRequest({ direction: 'out' });
  expect(books.create({ ...asked, amount: money(5_001n, 'XOF') })).toMatchObject({
    refusal: { code: 'INSUFFICIENT_BALANCE' },
  });
  const { reference, fee } = accept(books.create(asked));
  expect([fee.amount, books.balance('XOF').amount]).toEqual([50n, 0n]);
  accept(books.refuse(reference));
  expect(books.balance('XOF').amount).toBe(5_050n);
});

type Step =
  | {
      readonly act: 'create';
      readonly direction: 'in' | 'out';
      readonly ending: string;
      readonly amount: bigint;
    }
  | { readonly act: 'approve' | 'refuse' | 'expire' | 'reverse'; readonly place: number }
  | { readonly act: 'top-up'; readonly currency: 'XOF' | 'XAF'; readonly amount: bigint }
  | { readonly act: 'wait'; readonly duration_ms: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('create' as const),
    direction: fc.constantFrom('in' as const, 'out' as const),
    ending: fc.oneof(
      fc.integer({ min: 0, max: 25 }).map((last) => String(last).padStart(4, '0')),
      fc.constant('1234'),
    ),
    amount: fc.bigInt({ min: 100n, max: 1_500_000n }),
  }),
  fc.record({
    act: fc.constantFrom('approve' as const, 'refuse' as const, 'expire' as const, 'reverse' as const),
    place: fc.nat(),
  }),
  fc.record({
    act: fc.constant('top-up' as const),
    currency: fc.constantFrom('XOF' as const, 'XAF' as const),
    amount: fc.bigInt({ min: 1n, max: 5_000_000n }),
  }),
  fc.record({ act: fc.constant('wait' as const), duration_ms: fc.nat(5 * MINUTE_MS) }),
);

/** Recounts the float from what is shown alone: what was brought, net in, minus out with its fee, plus returns. */
function recounted(books: SimulatorBooks, currency: Money['currency']): bigint {
  const brought = books
    .topUps()
    .filter(({ amount }) => amount.currency === currency)
    .reduce((sum, { amount }) => sum + amount.amount, 0n);
  return books
    .list()
    .filter(({ moved }) => moved.currency === currency)
    .reduce((sum, { direction, state, moved, fee }) => {
      if (direction === 'in') return state === 'success' ? sum + moved.amount - fee.amount : sum;
      return ['failed', 'expired', 'reversed'].includes(state) ? sum : sum - moved.amount - fee.amount;
    }, brought);
}

test('whatever happens, the float is what came in minus what went out, and the file gives the same books', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 60 }), (story) => {
      const clock = mondayClock();
      const written: string[] = [];
      const record = (event: BookEvent) => void written.push(JSON.stringify(event));
      const chance = seededChance('story');
      const openingFloat = { XOF: 200_000n };
      const payoutFees = { '30': 75n };
      const books = openBooks({ clock, chance, record, openingFloat, payoutFees });
      for (const step of story) {
        if (step.act === 'wait') clock.advance(step.duration_ms);
        else if (step.act === 'top-up') accept(books.topUpFloat(step.currency, step.amount));
        else if (step.act === 'create') {
          const { direction, ending, amount } = step;
          books.create(
            payinRequest({ direction, wallet: `225050000${ending}`, amount: money(amount, 'XOF') }),
          );
        } else {
          const all = books.list();
          books[step.act](all[step.place % Math.max(all.length, 1)]?.reference ?? 'nothing');
        }
        books.tick();
        for (const currency of ['XOF', 'XAF'] as const) {
          expect(books.balance(currency).amount).toBe(recounted(books, currency));
        }
      }
      const past = written.map((line) => JSON.parse(line) as BookEvent);
      const again = openBooks({ clock, chance: seededChance('story'), past });
      expect(again.list()).toEqual(books.list());
      expect(again.topUps()).toEqual(books.topUps());
      expect(again.balance('XOF')).toEqual(books.balance('XOF'));
      expect(again.balance('XAF')).toEqual(books.balance('XAF'));
      expect(again.dueCallbacks(1_000)).toEqual(books.dueCallbacks(1_000));
    }),
    { numRuns: 150 },
  );
});
