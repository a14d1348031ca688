/**
 * Is what a provider states about our money, line by line, and what each line did to what it holds for us.
 *
 * A statement is the provider's own book: it is kept as it was, and compared (`compare-statement.ts`). It never settles
 * anything by itself.
 */
import { createHash } from 'node:crypto';
import type { Currency } from '../../ground/money/currency.ts';

export type LineKind =
  | 'deposit' // somebody paid us; the provider kept its fee
  | 'withdrawal' // somebody was paid; the fee was taken besides
  | 'deposit-returned' // a deposit went back to its payer, and its fee to us
  | 'withdrawal-returned' // what was sent came back; the fee that is named was taken for it
  | 'own-transfer'; // the host brought money, or took some away

export interface StatementLine {
  /** Where it stands in the file; the heading is 1. */
  readonly place: number;
  readonly kind: LineKind;
  /** The provider's name for the transaction. */
  readonly reference: string;
  readonly currency: Currency;
  /** More than zero, whatever the direction. */
  readonly amount: bigint;
  readonly fee: bigint;
  /** What the line did to the float: positive when the provider owes us more. */
  readonly effect: bigint;
  readonly happenedAt: Date;
  /** The second equal line of one file is 2. */
  readonly copy: number;
}

/** What a line of this kind does to the float. An own transfer says it by its sign, which only the file knows. */
export function effectOf(kind: Exclude<LineKind, 'own-transfer'>, amount: bigint, fee: bigint): bigint {
  switch (kind) {
    case 'deposit':
      return amount - fee;
    case 'withdrawal':
      return -(amount + fee);
    case 'deposit-returned':
      return fee - amount;
    case 'withdrawal-returned':
      return amount - fee;
  }
}

/** Equal lines have equal hashes, in whatever file and place they stand. */
export function lineHash(line: StatementLine): Uint8Array {
  const { kind, reference, currency, amount, fee, effect, happenedAt } = line;
  const words = [kind, reference, currency, amount, fee, effect, happenedAt.toISOString()].map(String);
  return createHash('sha256').update(JSON.stringify(words)).digest();
}
