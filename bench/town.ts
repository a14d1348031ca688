/**
 * Sets the stage of every ledger cell: ten thousand wallets with money in them, in a database of their own.
 */
import { type Chance, seededChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { makeIds } from '../src/ground/identifiers.ts';
import { type AccountId, accountId } from '../src/ground/ledger/account.ts';
import { openAccount } from '../src/ground/ledger/open-account.ts';
import { postTransfers } from '../src/ground/ledger/post-transfers.ts';
import type { Transfer } from '../src/ground/ledger/transfer.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { invariant } from '../src/ground/refusal.ts';
import { listAstray } from '../src/rails/payments/not-succeeded.rows.ts';

export const WALLETS = 10_000;
const START_AMOUNT = 1_000_000_000n;
const FUNDED_AT_ONCE = 1000;
const FLOAT = accountId('float', 'bench', 'XOF');
/** Every payment touches it: the hot account. */
export const FEES = accountId('fees-platform', 'all', 'XOF');

export interface Town {
  readonly db: Db;
  readonly ground: Ground;
  readonly chance: Chance;
  readonly wallets: readonly AccountId[];
}

export async function settleTown(db: Db): Promise<Town> {
  const chance = seededChance('bench');
  const queue = { enqueue: async () => undefined };
  const ground: Ground = { clock: systemClock, chance, ids: makeIds(systemClock, chance), queue };
  const wallets = Array.from({ length: WALLETS }, (_, place) => accountId('member', `per_${place}`, 'XOF'));
  await inTransaction(db, async (tx) => {
    for (const account of [FLOAT, FEES, ...wallets]) await openAccount(tx, ground, account);
  });
  const town = { db, ground, chance, wallets };
  for (let place = 0; place < WALLETS; place += FUNDED_AT_ONCE) {
    const batch = wallets
      .slice(place, place + FUNDED_AT_ONCE)
      .map((wallet) => payment(town, { debit: FLOAT, credit: wallet, amount: START_AMOUNT }));
    await inTransaction(db, async (tx) => await postTransfers(tx, ground, batch));
  }
  return town;
}

/** A transfer as the product makes them: a fresh id, a journal, a reference. */
export function payment({ ground }: Town, legs: Pick<Transfer, 'debit' | 'credit' | 'amount'>): Transfer {
  const id = ground.ids.uuid();
  return {
    id,
    kind: 'single',
    ...legs,
    journal: { id: ground.ids.next('jrn'), kind: 'bench.paid', occurredAt: ground.clock.now() },
    reference: id,
  };
}

/** Between two wallets drawn by chance. */
export function randomPayment(town: Town): Transfer {
  const debit = drawWallet(town);
  let credit = drawWallet(town);
  while (credit === debit) credit = drawWallet(town);
  return payment(town, { debit, credit, amount: 1n + BigInt(town.chance.below(1000)) });
}

/** From a wallet to the one account that everybody pays into. */
export function hotPayment(town: Town): Transfer {
  return payment(town, {
    debit: drawWallet(town),
    credit: FEES,
    amount: 1n + BigInt(town.chance.below(1000)),
  });
}

function drawWallet({ wallets, chance }: Town): AccountId {
  const wallet = wallets[chance.below(wallets.length)];
  invariant(wallet !== undefined, 'the town has no wallet');
  return wallet;
}

/** A run whose books do not balance is a failure and not a result: throws then. */
export async function expectSoundBooks(db: Db): Promise<void> {
  const trial = await readTrialBalance(db);
  invariant(trial.balanced && trial.differences.length === 0, 'the books do not balance after the run');
  const chain = await verifyChain(db);
  invariant(chain.ok, 'the hash chain is broken after the run');
  const astray = await listAstray(db);
  invariant(astray.length === 0, `${astray[0]} is not where payments that did not succeed are found`);
}
