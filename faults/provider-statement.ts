/**
 * Writes the provider's statement from its true books, and spoils it: a line missing, another fee, a line that is
 * nobody's, one that stands there twice.
 *
 * What was spoiled is kept, so that the comparison must find exactly that and nothing else.
 */
import type { Chance } from '../src/ground/chance.ts';
import type { Currency } from '../src/ground/money/currency.ts';
import type { BreakKind } from '../src/rails/statements/compare-statement.ts';
import { happens, maybeOneOf } from './dice.ts';
import { type ProviderTruth, type TrueTransaction, trueFee } from './provider-truth.ts';

export type StatementFault =
  | 'line-missing' // the provider forgot one
  | 'fee-changed' // it charges another fee than it said
  | 'line-extra' // a movement that we never heard of
  | 'line-doubled'; // one line twice

export const STATEMENT_FAULTS: readonly StatementFault[] = [
  'line-missing',
  'fee-changed',
  'line-extra',
  'line-doubled',
];

/** What a fault does to the comparison. */
export interface Spoiled {
  readonly fault: StatementFault;
  readonly reference: string;
  readonly currency: Currency;
  readonly difference: bigint;
  /** The name that it must have where nothing else differs. */
  readonly kind: BreakKind;
}

interface Written {
  readonly type: string;
  readonly reference: string;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly effect: bigint;
  /** When it was asked, and when the money moved: providers state either. */
  readonly askedAt: Date;
  readonly movedAt: Date;
}

export interface TrueStatement {
  readonly bytes: Uint8Array;
  readonly spoiled: readonly Spoiled[];
}

/** What a scenario wants: these faults, and where it matters in the lines of this transaction. */
export interface Wanted {
  readonly faults: readonly StatementFault[];
  readonly only?: string;
  /** Nothing of what the host brought: the statement ends with its last transaction. */
  readonly isPartial?: boolean;
}

/** Each of the faults happens or does not, unless a scenario says which. */
export function writeStatement(
  truth: ProviderTruth,
  now: Date,
  chance: Chance,
  wanted?: Wanted,
): TrueStatement {
  const lines = truth.transactions.flatMap(linesOf);
  const spoiled: Spoiled[] = [];
  const faults = wanted?.faults ?? STATEMENT_FAULTS.filter(() => happens(chance, 25));
  for (const fault of faults) {
    // One fault a transaction: two would hide each other's names.
    const free = lines.filter(
      (line) =>
        (wanted?.only === undefined || wanted.only === line.reference) &&
        !line.type.endsWith('refund') &&
        !spoiled.some(({ reference }) => reference === line.reference) &&
        lines.filter(({ reference }) => reference === line.reference).length === 1,
    );
    const line = maybeOneOf(chance, free);
    const done = fault === 'line-extra' ? addStranger(lines, now) : line && spoil(lines, line, fault);
    if (done !== undefined) spoiled.push(done);
  }
  // Several files of one provider name the same moment.
  const isByAsking = wanted === undefined && happens(chance, 50);
  const rows = [...(wanted?.isPartial === true ? [] : broughtLines(truth, now)), ...lines].map((line) =>
    [
      (isByAsking ? line.askedAt : line.movedAt).toISOString(),
      line.type,
      line.reference,
      line.amount,
      line.fee,
      line.currency,
    ].join(';'),
  );
  const text = ['date;type;reference;amount;fee;currency', ...rows].join('\r\n');
  return { bytes: Buffer.from(text), spoiled };
}

/** A little of what the host brought comes last, so that the statement speaks about all the time until now. */
const LAST_BROUGHT = 1_000n;

function broughtLines(truth: ProviderTruth, now: Date): Written[] {
  return [...truth.topUps].flatMap(([currency, whole]) =>
    [
      { name: 'FIRST', amount: whole - LAST_BROUGHT, at: truth.openedAt },
      { name: 'LAST', amount: LAST_BROUGHT, at: now },
    ].map(({ name, amount, at }): Written => {
      const reference = `TOPUP_${currency}_${name}`;
      return {
        type: 'topup',
        reference,
        currency,
        amount,
        fee: 0n,
        effect: amount,
        askedAt: at,
        movedAt: at,
      };
    }),
  );
}

/** What moved and what came back, from the changes that the transaction remembers. */
function linesOf(transaction: TrueTransaction): Written[] {
  const { direction, reference, movedCurrency: currency, moved: amount, createdAt } = transaction;
  const changes = transaction.effects.slice(1).map((effect, place) => ({
    effect: effect - (transaction.effects[place] ?? 0n),
    askedAt: createdAt,
    movedAt: transaction.changedAt[place] ?? createdAt,
  }));
  const [first, second] = changes.filter((change) => change.effect !== 0n);
  const isIn = direction === 'in';
  const fee = trueFee(direction, amount);
  const lines: Written[] = [];
  if (first !== undefined)
    lines.push({ type: isIn ? 'payin' : 'payout', reference, currency, amount, fee, ...first });
  if (second !== undefined) {
    const type = isIn ? 'payin-refund' : 'payout-refund';
    lines.push({ type, reference, currency, amount, fee: isIn ? fee : 0n, ...second });
  }
  return lines;
}

function addStranger(lines: Written[], at: Date): Spoiled {
  const reference = 'STRANGER_1';
  const when = { askedAt: at, movedAt: at };
  lines.push({ type: 'payin', reference, currency: 'XOF', amount: 777n, fee: 7n, effect: 770n, ...when });
  return { fault: 'line-extra', reference, currency: 'XOF', difference: 770n, kind: 'missing-in-ledger' };
}

function spoil(lines: Written[], line: Written, fault: StatementFault): Spoiled | undefined {
  const { reference, currency } = line;
  const place = lines.indexOf(line);
  switch (fault) {
    case 'line-missing':
      lines.splice(place, 1);
      return { fault, reference, currency, difference: -line.effect, kind: 'missing-at-provider' };
    case 'fee-changed':
      lines[place] = { ...line, fee: line.fee + 3n };
      return { fault, reference, currency, difference: -3n, kind: 'fee' };
    case 'line-doubled':
      lines.splice(place, 0, line);
      return { fault, reference, currency, difference: line.effect, kind: 'duplicate' };
    case 'line-extra':
      return undefined;
  }
}
