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
  try {
    return await inTransaction(db, async (tx) => {
      const answer = await act(tx);
      if (!answer.ok) throw new Undone(answer.refusal);
      return answer;
    });
  } catch (error) {
    if (error instanceof Undone) return refused(error.refusal);
    throw error;
  }
}

/** Carries a refusal out of the transaction. */
class Undone extends Error {
  override readonly name = 'Undone';
  readonly refusal: Refusal;

  constructor(no: Refusal) {
    super(no.code);
    this.refusal = no;
  }
}
