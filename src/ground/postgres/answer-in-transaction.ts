/**
 * Runs one act in one transaction, and undoes everything it wrote when it answers no.
 *
 * An act over many rows learns late that it must refuse (the ledger answers last). Without this, what it had written
 * before would stay: a contribution without its money.
 */
import { type Answer, type Refusal, refused } from '../refusal.ts';
import type { Db, Tx } from './database.ts';
import { inTransaction } from './in-transaction.ts';

export async function answerInTransaction<T>(
  db: Db,
  act: (tx: Tx) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  return await answerUndone(
    async () =>
      await inTransaction(db, async (tx) => {
        const answer = await act(tx);
        if (!answer.ok) throw new Undone(answer.refusal);
        return answer;
      }),
  );
}

/** Answers no when the transaction that `run` waits for was undone for a refusal; every other error is the caller's. */
export async function answerUndone<T>(run: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Undone) return refused(error.refusal);
    throw error;
  }
}

/** Carries a refusal out of a transaction, which is undone by it. */
export class Undone extends Error {
  override readonly name = 'Undone';
  readonly refusal: Refusal;

  constructor(no: Refusal) {
    super(no.code);
    this.refusal = no;
  }
}
