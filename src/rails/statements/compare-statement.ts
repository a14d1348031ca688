/**
 * Compares what the provider states with what our books did to its float: pure, one currency at a time.
 *
 * Every difference is a break with a name and a figure, and the figures add up: what the provider holds for us, less our
 * float, is what the host brought besides, and the breaks, to the franc. A comparison that leaves a rest explains
 * nothing.
 */
import type { Currency } from '../../ground/money/currency.ts';
import { invariant } from '../../ground/refusal.ts';
import type { LineKind, StatementLine } from './statement.ts';

export type BreakKind =
  | 'missing-in-ledger' // the provider moved money that our books know nothing of
  | 'missing-at-provider' // our books moved money that the statement does not have
  | 'duplicate' // a line that stands there twice
  | 'status' // taken back at one side and not at the other, or not settled here
  | 'amount' // another amount
  | 'fee'; // the same amount and another fee

export interface Break {
  readonly kind: BreakKind;
  /** The provider's name for the transaction; ours where it has none. */
  readonly reference: string;
  /** Our payment, where there is one. */
  readonly paymentId: string | undefined;
  /** What the provider says less what we say, in the currency's smallest unit. */
  readonly difference: bigint;
}

/** What our books did to the float for one transaction of the provider. */
export interface BookedEffect {
  readonly reference: string;
  /** Nothing where a movement of the float belongs to no payment. */
  readonly paymentId: string | undefined;
  /** What we believe was paid or sent; nothing where only what the provider holds of it was kept. */
  readonly amount: bigint | undefined;
  readonly effect: bigint;
  /** The provider took it back, as far as we know. */
  readonly isReturned: boolean;
}

export interface Comparison {
  readonly currency: Currency;
  readonly breaks: readonly Break[];
  /** What all lines did to the float. */
  readonly stated: bigint;
  /** What our books did to it. */
  readonly booked: bigint;
  /** What the host brought, less what it took away: in the statement, and not in our books. */
  readonly ownTransfers: bigint;
}

export function compareStatement(
  currency: Currency,
  lines: readonly StatementLine[],
  booked: readonly BookedEffect[],
): Comparison {
  const ours = new Map(booked.map((one) => [one.reference, one]));
  const theirs = new Map<string, StatementLine[]>();
  const breaks: Break[] = [];
  let ownTransfers = 0n;
  for (const line of lines) {
    const doubled =
      line.kind === 'own-transfer' ? line.copy > 1 : isDoubled(line, theirs.get(line.reference));
    if (line.kind === 'own-transfer' && !doubled) ownTransfers += line.effect;
    else if (doubled)
      breaks.push(breakOf('duplicate', line.reference, ours.get(line.reference), line.effect));
    else theirs.set(line.reference, [...(theirs.get(line.reference) ?? []), line]);
  }
  for (const reference of new Set([...theirs.keys(), ...ours.keys()])) {
    const found = breakAbout(reference, theirs.get(reference) ?? [], ours.get(reference));
    if (found !== undefined) breaks.push(found);
  }
  const comparison = { currency, breaks, stated: sumOf(lines), booked: sumOf(booked), ownTransfers };
  invariant(restOf(comparison) === 0n, `the breaks in ${currency} do not add up`);
  return comparison;
}

/** What is not explained: zero, or this file is wrong. */
export function restOf({ stated, booked, ownTransfers, breaks }: Comparison): bigint {
  return stated - booked - ownTransfers - breaks.reduce((sum, one) => sum + one.difference, 0n);
}

/** Each kind of movement happens once to a transaction; a second line of the kind is one too many. */
function isDoubled(line: StatementLine, earlier: readonly StatementLine[] | undefined): boolean {
  return line.copy > 1 || (earlier ?? []).some((one) => one.kind === line.kind);
}

const RETURNS: ReadonlySet<LineKind> = new Set(['deposit-returned', 'withdrawal-returned']);

function breakAbout(
  reference: string,
  lines: readonly StatementLine[],
  ours: BookedEffect | undefined,
): Break | undefined {
  const stated = sumOf(lines);
  const difference = stated - (ours?.effect ?? 0n);
  if (difference === 0n) return undefined;
  if (ours === undefined) return breakOf('missing-in-ledger', reference, ours, difference);
  if (lines.length === 0) return breakOf('missing-at-provider', reference, ours, difference);
  const isReturned = lines.some((line) => RETURNS.has(line.kind));
  if (isReturned !== ours.isReturned || ours.effect === 0n)
    return breakOf('status', reference, ours, difference);
  const sameAmount = lines.every((line) =>
    ours.amount === undefined ? isFee(line, ours.effect) : line.amount === ours.amount,
  );
  return breakOf(sameAmount ? 'fee' : 'amount', reference, ours, difference);
}

/** No provider takes more than a fifth: what lacks beyond that is not its fee. */
const LARGEST_FEE = 5n;

/** True when what we booked can be the line's own amount and another fee. */
function isFee(line: StatementLine, booked: bigint): boolean {
  const taken = line.kind === 'withdrawal' ? -booked - line.amount : line.amount - booked;
  return taken >= 0n && taken * LARGEST_FEE <= line.amount;
}

function breakOf(
  kind: BreakKind,
  reference: string,
  ours: BookedEffect | undefined,
  difference: bigint,
): Break {
  return { kind, reference, paymentId: ours?.paymentId, difference };
}

function sumOf(list: readonly { readonly effect: bigint }[]): bigint {
  return list.reduce((sum, one) => sum + one.effect, 0n);
}
