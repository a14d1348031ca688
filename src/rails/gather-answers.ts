/**
 * Asks about many rows, a few side by side, and hands each answer on as soon as it is there.
 *
 * Whoever takes the answers writes them in sets (`ground/postgres/write-lane.ts`); a question waits for the provider and
 * never for the database. Failures are told when all has come to its end, as in `side-by-side.ts`.
 */
import { sideBySide } from './side-by-side.ts';

export interface Gathering<Row, Answered> {
  /** Most questions on their way at once. */
  readonly atOnce: number;
  readonly ask: (row: Row) => Promise<Answered>;
  /** Resolves when the answer is written. */
  readonly hand: (answered: Answered) => Promise<void>;
  /** Hears that all questions were answered and only the writing is left. */
  readonly asked?: () => void;
}

export async function gatherAnswers<Row, Answered>(
  rows: readonly Row[],
  { atOnce, ask, hand, asked }: Gathering<Row, Answered>,
): Promise<void> {
  const failures: unknown[] = [];
  const handed: Promise<void>[] = [];
  const askAndHand = async (row: Row): Promise<void> => {
    const answer = await ask(row);
    handed.push(hand(answer).catch((error: unknown) => void failures.push(error)));
  };
  await sideBySide(rows, askAndHand, atOnce).catch((error: unknown) => void failures.push(error));
  asked?.();
  await Promise.all(handed);
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} answers or questions failed, the others are done`);
  }
}
