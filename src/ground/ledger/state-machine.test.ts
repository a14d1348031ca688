import { expect, test } from 'vitest';
import { DAY_MS } from '../clock.ts';
import type { Uuid } from '../identifiers.ts';
import { testGround } from '../testing/fresh-database.ts';
import { emptyLedger, type LedgerState } from './ledger-state.ts';
import { apply, closeInState, openInState } from './state-machine.ts';
import { AWA, AWA_XAF, FEES, FLOAT, KOFI, NEVER_OPENED, POT, transfer } from './testing/ledger-fixture.ts';
import { LARGEST_AMOUNT, type Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

const NOW = new Date('2026-01-05T08:00:00.000Z');
const { ids, clock } = testGround();
/** Ids with names, so that a table can say which transfer it means. */
const named = new Map<string, Uuid>();
function id(name: string): Uuid {
  const known = named.get(name) ?? ids.uuid();
  named.set(name, known);
  return known;
}

/** An id whose time is so many days from now. */
function idAfter(days: number): Uuid {
  const there = testGround(`day ${days}`);
  there.clock.set(new Date(NOW.getTime() + days * DAY_MS));
  return there.ids.uuid();
}

/** Awa has 1 000 francs, of which the hold `held` reserves 300 for Kofi; the pot is closed. */
function stage(): LedgerState {
  const state = emptyLedger({ from: new Date('2025-01-01Z'), until: new Date('2026-02-01Z') });
  for (const account of [FLOAT, FEES, AWA, KOFI, POT, AWA_XAF]) openInState(state, account);
  expect(closeInState(state, POT)).toBe(true);
  const codes = apply(
    state,
    [
      transfer(id('deposit'), { amount: 1_000n }),
      hold('held', 300n),
      hold('paid', 100n),
      { ...hold('paid', 100n), id: id('payment'), kind: 'post', pendingId: id('paid') },
      hold('freed', 100n),
      { ...hold('freed', 100n), id: id('release'), kind: 'void', pendingId: id('freed') },
      transfer(id('refused'), { amount: 0n }),
    ],
    NOW,
  );
  expect(codes).toEqual([...Array(6).fill('posted'), 'amount-not-positive']);
  return state;
}

function hold(name: string, amount: bigint): Transfer {
  return transfer(id(name), { kind: 'pending', debit: AWA, credit: KOFI, amount });
}

function end(kind: 'post' | 'void', name: string, amount: bigint, changes: Partial<Transfer> = {}): Transfer {
  return transfer(ids.uuid(), { kind, debit: AWA, credit: KOFI, amount, pendingId: id(name), ...changes });
}

const journal = transfer(id('any')).journal;
const deposit = transfer(id('deposit'), { amount: 1_000n });
const rows: [string, Transfer, TransferCode][] = [
  ['a new deposit', transfer(id('new')), 'posted'],
  ['the same deposit again', deposit, 'exists'],
  ['the same, chained or not', { ...deposit, linked: false }, 'exists'],
  ['with another kind', { ...deposit, kind: 'pending' }, 'exists-different-kind'],
  ['from another account', { ...deposit, debit: FEES }, 'exists-different-debit'],
  ['to another account', { ...deposit, credit: KOFI }, 'exists-different-credit'],
  ['with another amount', { ...deposit, amount: 1_001n }, 'exists-different-amount'],
  ['with an amount of zero', { ...deposit, amount: 0n }, 'exists-different-amount'],
  ['with a hold', { ...deposit, pendingId: id('held') }, 'exists-different-pending'],
  ['for another fact', { ...deposit, journal: { ...journal, id: 'jrn_2' } }, 'exists-different-journal'],
  ['of another kind', { ...deposit, journal: { ...journal, kind: 'x' } }, 'exists-different-journal'],
  ['at another time', { ...deposit, journal: { ...journal, occurredAt: NOW } }, 'exists-different-journal'],
  ['with another reference', { ...deposit, reference: 'x' }, 'exists-different-reference'],
  ['a refused id', transfer(id('refused'), { amount: 0n }), 'amount-not-positive'],
  ['a refused id, mended', transfer(id('refused')), 'amount-not-positive'],
  ['400 days old', transfer(idAfter(-400 + 0.01)), 'id-outside-window'], // before the first partition
  ['300 days old', transfer(idAfter(-300)), 'posted'],
  ['from tomorrow', transfer(idAfter(0.99)), 'posted'],
  ['from the day after', transfer(idAfter(1.01)), 'id-outside-window'],
  ['at the end of the batch, chained', transfer(ids.uuid(), { linked: true }), 'linked-chain-open'],
  ['nothing', transfer(ids.uuid(), { amount: 0n }), 'amount-not-positive'],
  ['less than nothing', transfer(ids.uuid(), { amount: -5n }), 'amount-not-positive'],
  ['to itself', transfer(ids.uuid(), { debit: AWA }), 'same-account'],
  ['naming a hold', transfer(ids.uuid(), { pendingId: id('held') }), 'pending-id-unexpected'],
  ['from nowhere', transfer(ids.uuid(), { debit: NEVER_OPENED }), 'account-not-found'],
  ['to nowhere', transfer(ids.uuid(), { credit: NEVER_OPENED }), 'account-not-found'],
  ['across currencies', transfer(ids.uuid(), { credit: AWA_XAF }), 'currency-differs'],
  ['to a closed account', transfer(ids.uuid(), { credit: POT }), 'account-closed'],
  ['from a closed account', transfer(ids.uuid(), { debit: POT }), 'account-closed'],
  ['beyond 2^63 − 1', transfer(ids.uuid(), { amount: LARGEST_AMOUNT }), 'overflow'],
  ['up to 2^63 − 1', transfer(ids.uuid(), { debit: FEES, amount: LARGEST_AMOUNT - 1_000n }), 'posted'],
  ['all that is free', transfer(ids.uuid(), { debit: AWA, credit: KOFI, amount: 600n }), 'posted'],
  ['a franc more', transfer(ids.uuid(), { debit: AWA, credit: KOFI, amount: 601n }), 'exceeds-credits'],
  ['reserving a franc more', hold('more', 601n), 'exceeds-credits'],
  ['paying the hold', end('post', 'held', 300n), 'posted'],
  ['paying part of it', end('post', 'held', 1n), 'posted'],
  ['paying more than it', end('post', 'held', 301n), 'amount-exceeds-pending'],
  ['releasing the hold', end('void', 'held', 300n), 'posted'],
  ['releasing part of it', end('void', 'held', 299n), 'pending-different-amount'],
  ['paying no hold', end('post', 'held', 300n, { pendingId: ids.uuid() }), 'pending-not-found'],
  ['paying what is no hold', end('post', 'deposit', 300n), 'pending-not-pending'],
  ['from another account than held', end('post', 'held', 300n, { debit: FEES }), 'pending-different-debit'],
  ['to another account than held', end('void', 'held', 300n, { credit: FEES }), 'pending-different-credit'],
  ['paying what was paid', end('post', 'paid', 100n), 'already-posted'],
  ['releasing what was paid', end('void', 'paid', 100n), 'already-posted'],
  ['paying what was released', end('post', 'freed', 100n), 'already-voided'],
  ['releasing what was released', end('void', 'freed', 100n), 'already-voided'],
];

test.each(rows)('%s', (_what, asked, code) => {
  expect(apply(stage(), [asked], NOW)).toEqual([code]);
});

test('a partial payment releases what is left of its hold', () => {
  const state = stage();
  apply(state, [end('post', 'held', 250n)], NOW);
  expect(state.accounts.get(AWA)).toMatchObject({ debitsPosted: 350n, debitsPending: 0n });
  expect(state.accounts.get(KOFI)).toMatchObject({ creditsPosted: 350n, creditsPending: 0n });
});

test('limits are met in order, not by the sum of the batch', () => {
  const spend = (amount: bigint): Transfer => transfer(ids.uuid(), { debit: KOFI, credit: AWA, amount });
  const give = (amount: bigint): Transfer => transfer(ids.uuid(), { debit: AWA, credit: KOFI, amount });
  expect(apply(stage(), [spend(101n), give(1n), spend(101n), spend(1n)], NOW)).toEqual([
    'exceeds-credits',
    'posted',
    'posted',
    'exceeds-credits',
  ]);
});

const chains: [string, () => Transfer[], TransferCode[]][] = [
  [
    'a chain that holds, then a stranger that does not',
    () => [transfer(id('c1'), { linked: true }), transfer(id('c2')), transfer(id('c3'), { amount: 0n })],
    ['posted', 'posted', 'amount-not-positive'],
  ],
  [
    'a break in the middle takes all with it, and only that',
    () => [
      transfer(id('c1')),
      transfer(id('c2'), { linked: true }),
      transfer(id('c3'), { debit: AWA, credit: KOFI, amount: 5_000n, linked: true }),
      transfer(id('c4')),
      transfer(id('c5')),
    ],
    ['posted', 'linked-failed', 'exceeds-credits', 'linked-failed', 'posted'],
  ],
  [
    'what happened before answers for itself, on both sides of the break',
    () => [
      { ...deposit, linked: true },
      transfer(id('c2'), { amount: 0n, linked: true }),
      transfer(id('refused'), { linked: true }),
      transfer(id('payment'), { linked: true }),
      transfer(id('c5')),
    ],
    ['exists', 'amount-not-positive', 'amount-not-positive', 'exists-different-kind', 'linked-failed'],
  ],
  [
    'twice the same in a chain that breaks',
    () => [
      transfer(id('c1'), { linked: true }),
      transfer(id('c1'), { linked: true }),
      transfer(id('c2'), { amount: 0n }),
    ],
    ['linked-failed', 'linked-failed', 'amount-not-positive'],
  ],
  [
    'a chain that the batch leaves open',
    () => [transfer(id('c1'), { linked: true }), transfer(id('c2'), { linked: true })],
    ['linked-failed', 'linked-chain-open'],
  ],
  [
    'a hold and its payment in one chain that breaks leave nothing',
    () => [
      { ...hold('c1', 10n), linked: true },
      { ...end('post', 'c1', 10n), id: id('c2'), linked: true },
      { ...end('void', 'held', 300n), id: id('c3'), linked: true },
      transfer(id('c4'), { amount: 0n }),
    ],
    ['linked-failed', 'linked-failed', 'linked-failed', 'amount-not-positive'],
  ],
];

test.each(chains)('%s', (_what, batch, wanted) => {
  const state = stage();
  const before = stage();
  expect(apply(state, batch(), NOW)).toEqual(wanted);
  const effects = wanted.filter((code) => code === 'posted').length;
  expect(state.journal.size).toBe(before.journal.size + effects);
  if (effects === 0) expect(state.accounts).toEqual(before.accounts);
  expect(state.resolutions).toEqual(before.resolutions);
  // Sent again, every one of them answers the same, or that it exists.
  const again = apply(state, batch(), NOW);
  expect(again).toEqual(wanted.map((code) => (code === 'posted' ? 'exists' : code)));
});

test('an account closes only when it is empty, and opening it again changes nothing', () => {
  const state = stage();
  expect(closeInState(state, AWA)).toBe(false);
  expect(closeInState(state, NEVER_OPENED)).toBe(false);
  openInState(state, POT);
  expect(state.accounts.get(POT)?.closed).toBe(true);
  expect(clock.now()).toEqual(NOW);
});
