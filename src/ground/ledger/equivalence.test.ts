/**
 * Holds the SQL function to its specification: the same streams of commands go to the state machine, to PostgreSQL and
 * to PGlite, and every answer, balance and statement line must be the same.
 *
 * `LEDGER_STREAMS` sets how many streams, `LEDGER_SEED` which ones; a failure prints the seed and the smallest stream.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { findAccount } from './account.rows.ts';
import { type AccountId, accountKind, CHART } from './account.ts';
import { closeAccount } from './close-account.ts';
import { findFence } from './fence.rows.ts';
import { emptyLedger, type LedgerState } from './ledger-state.ts';
import { openAccount } from './open-account.ts';
import { postTransfers } from './post-transfers.ts';
import { apply, closeInState, openInState } from './state-machine.ts';
import { listStatement } from './statement.ts';
import { accountsOf, type Command, commandsOf, drawnStream } from './testing/command-stream.ts';
import { TRANSFER_CODES, type TransferCode } from './transfer-code.ts';
import { readTrialBalance } from './trial-balance.ts';
import { verifyChain } from './verify-chain.ts';

const STREAMS = Number(process.env.LEDGER_STREAMS ?? 250);
/** Shrinking a failure is cut off here, so that it is reported before the test's own time is over. */
const LIMIT_MS = 100_000;
const SEED = Number(process.env.LEDGER_SEED ?? 20_260_105);

test('state machine, PostgreSQL and PGlite answer and count alike, and every answer was given', async () => {
  const ground = testGround();
  const engines = [(await freshDatabase('postgres')).db, (await freshDatabase('pglite')).db];
  const { coversFrom, coversUntil } = await findFence(engines[0] as Db);
  const given = new Map<TransferCode, number>();
  let streams = 0;
  await fc.assert(
    fc.asyncProperty(drawnStream, async (drawn) => {
      const stream = `s${streams++}`;
      const state = emptyLedger({ from: coversFrom, until: coversUntil });
      for (const command of commandsOf(stream, drawn, ground.clock.now())) {
        const wanted = specify(state, command, ground.clock.now());
        for (const code of wanted.codes) given.set(code, (given.get(code) ?? 0) + 1);
        for (const db of engines) expect(await carryOut(db, ground, command)).toEqual(wanted);
      }
      for (const account of accountsOf(stream)) {
        const wanted = { amounts: amountsOf(state, account), lines: linesOf(state, account) };
        for (const db of engines) expect(await readAccount(db, account)).toEqual(wanted);
      }
    }),
    { numRuns: STREAMS, seed: SEED, interruptAfterTimeLimit: LIMIT_MS, markInterruptAsFailure: true },
  );
  for (const db of engines) {
    expect(await readTrialBalance(db)).toMatchObject({ differences: [], balanced: true });
    expect(await verifyChain(db)).toMatchObject({ ok: true });
  }
  expect(TRANSFER_CODES.filter((code) => !given.has(code))).toEqual([]);
}, 120_000);

interface Outcome {
  readonly codes: readonly TransferCode[];
  readonly closed?: boolean;
}

function specify(state: LedgerState, command: Command, now: Date): Outcome {
  if (command.do === 'post') return { codes: apply(state, command.batch, now) };
  if (command.do === 'close') return { codes: [], closed: closeInState(state, command.account) };
  openInState(state, command.account);
  return { codes: [] };
}

async function carryOut(db: Db, ground: Ground, command: Command): Promise<Outcome> {
  return await inTransaction(db, async (tx) => {
    if (command.do === 'post') return { codes: await postTransfers(tx, ground, command.batch) };
    if (command.do === 'close') {
      return { codes: [], closed: (await closeAccount(tx, ground, command.account)).ok };
    }
    await openAccount(tx, ground, command.account);
    return { codes: [] };
  });
}

function amountsOf(state: LedgerState, id: AccountId) {
  const account = state.accounts.get(id);
  return (
    account && [
      account.debitsPosted,
      account.creditsPosted,
      account.debitsPending,
      account.creditsPending,
      account.version,
    ]
  );
}

/** The statement as the state machine's journal tells it: newest first, amount and balance on the normal side. */
function linesOf(state: LedgerState, id: AccountId) {
  const { normalSide } = CHART[accountKind(id)];
  return [...state.journal.values()]
    .filter(({ transfer }) => transfer.kind === 'single' || transfer.kind === 'post')
    .filter(({ transfer }) => transfer.debit === id || transfer.credit === id)
    .map(({ transfer, debitAfter, creditAfter }) => {
      const side = transfer.debit === id ? 'debit' : 'credit';
      const after = side === 'debit' ? debitAfter : creditAfter;
      return {
        id: transfer.id,
        amount: side === normalSide ? transfer.amount : -transfer.amount,
        balance: normalSide === 'credit' ? after : -after,
        counterpart: side === 'debit' ? transfer.credit : transfer.debit,
        occurredAt: transfer.journal.occurredAt,
        reference: transfer.reference,
      };
    })
    .reverse();
}

async function readAccount(db: Db, id: AccountId) {
  const account = await findAccount(db, id);
  const lines = await listStatement(db, id, { limit: 1_000 });
  return {
    amounts: account && [
      account.debitsPosted,
      account.creditsPosted,
      account.debitsPending,
      account.creditsPending,
      account.version,
    ],
    lines: lines.map((line) => ({
      id: line.transferId,
      amount: line.amount,
      balance: line.balance,
      counterpart: line.counterpart,
      occurredAt: line.occurredAt,
      reference: line.reference,
    })),
  };
}
