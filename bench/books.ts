/**
 * Looks after every cell whether the books are in order: a run whose ledger does not balance is a failure, not a result.
 *
 * After a cell only what is quick is looked at: all sums, all limits, and the newest links of the chain. After the last
 * round the whole journal is replayed (`expectSoundBooks` in `town.ts`).
 */
import { sql } from 'kysely';
import { findFence } from '../src/ground/ledger/fence.rows.ts';
import { listCurrencySums } from '../src/ground/ledger/trial-balance.rows.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { invariant } from '../src/ground/refusal.ts';

const LINKS = 2_000n;

export async function expectSoundSums(db: Db): Promise<void> {
  await expectBalance(db);
  const { seq } = await findFence(db);
  const chain = await verifyChain(db, { fromSeq: seq > LINKS ? seq - LINKS : 1n });
  invariant(chain.ok, 'the newest links of the hash chain are broken after the cell');
}

/** Sums and limits alone, for books that have no chain. */
export async function expectBalance(db: Db): Promise<void> {
  for (const sums of await listCurrencySums(db)) {
    invariant(sums.debits_posted === sums.credits_posted, `${sums.currency} does not add up after the cell`);
    invariant(sums.debits_pending === sums.credits_pending, `holds in ${sums.currency} do not add up`);
  }
  const beyond = await sql<{ id: string }>`select id from accounts
    where limited and debits_posted + debits_pending > credits_posted limit 1`.execute(db);
  invariant(beyond.rows.length === 0, `the account ${beyond.rows[0]?.id} is below zero after the cell`);
}
