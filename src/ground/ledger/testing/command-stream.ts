/**
 * Draws streams of ledger commands for the equivalence test.
 *
 * A generator that cannot produce a situation cannot find its fault, so commands are drawn around what was sent before:
 * repeated as they were, repeated with one field changed, resolved twice, chained, sent twice in one batch. The test
 * counts the answers and fails when one of them was never given.
 */
import fc from 'fast-check';
import { seededChance } from '../../chance.ts';
import { DAY_MS } from '../../clock.ts';
import { derivedUuid, makeIds, type Uuid } from '../../identifiers.ts';
import { type AccountId, accountId } from '../account.ts';
import { LARGEST_AMOUNT, type Transfer, type TransferKind } from '../transfer.ts';

export type Command =
  | { readonly do: 'open' | 'close'; readonly account: AccountId }
  | { readonly do: 'post'; readonly batch: readonly Transfer[] };

/** What was drawn for one transfer, before it is known which transfers exist to be repeated or resolved. */
interface Draw {
  readonly mode: 'fresh' | 'repeat' | 'twice' | 'changed' | 'resolve' | 'resolve-changed' | 'outside' | 'odd';
  readonly kind: TransferKind;
  readonly debit: number;
  readonly credit: number;
  readonly amount: bigint;
  readonly pick: number;
  readonly field: number;
  readonly linked: boolean;
}

type DrawnCommand =
  | { readonly do: 'open' | 'close'; readonly account: number }
  | { readonly do: 'post'; readonly draws: readonly Draw[] };

const ACCOUNTS = 9;

/** The accounts of one stream; the last one is never opened, the pot is closed from the start. */
export function accountsOf(stream: string): readonly AccountId[] {
  return [
    accountId('float', stream, 'XOF'),
    accountId('member', `${stream}a`, 'XOF'),
    accountId('member', `${stream}b`, 'XOF'),
    accountId('fees-platform', stream, 'XOF'),
    accountId('pot', stream, 'XOF'),
    accountId('float', stream, 'XAF'),
    accountId('member', `${stream}a`, 'XAF'),
    accountId('savings', stream, 'XOF'),
    accountId('member', `${stream}n`, 'XOF'),
  ];
}

const amounts = fc.oneof(
  { weight: 40, arbitrary: fc.bigInt(1n, 40n) },
  { weight: 1, arbitrary: fc.constantFrom(0n, -1n, LARGEST_AMOUNT, LARGEST_AMOUNT - 20n) },
);

const draw: fc.Arbitrary<Draw> = fc.record({
  mode: fc.constantFrom(
    ...(['fresh', 'fresh', 'fresh', 'fresh', 'repeat', 'changed', 'changed', 'resolve', 'resolve'] as const),
    ...(['twice', 'resolve-changed', 'outside', 'odd'] as const),
  ),
  kind: fc.constantFrom<TransferKind>('single', 'single', 'pending'),
  // Mostly money that goes round among few, so that holds meet, limits are near and most transfers happen.
  debit: fc.oneof({ weight: 7, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(ACCOUNTS - 1) }),
  credit: fc.oneof({ weight: 7, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(ACCOUNTS - 1) }),
  amount: amounts,
  pick: fc.nat(1_000),
  field: fc.nat(6),
  linked: fc.constantFrom(false, false, false, false, true),
});

const drawnCommand: fc.Arbitrary<DrawnCommand> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), account: fc.nat(ACCOUNTS - 2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), account: fc.nat(ACCOUNTS - 1) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      // One alone often: it has a way of its own through the function.
      draws: fc.oneof(
        { weight: 2, arbitrary: fc.array(draw, { minLength: 1, maxLength: 12 }) },
        { weight: 1, arbitrary: fc.tuple(draw) },
      ),
    }),
  },
);

export const drawnStream: fc.Arbitrary<readonly DrawnCommand[]> = fc.array(drawnCommand, {
  minLength: 1,
  maxLength: 14,
});

/** Turns what was drawn into commands on the accounts of this stream, with ids that no other stream uses. */
export function commandsOf(stream: string, drawn: readonly DrawnCommand[], now: Date): Command[] {
  const accounts = accountsOf(stream);
  const at = (place: number): AccountId => accounts[place % ACCOUNTS] ?? accountId('member', stream, 'XOF');
  const make = transferMaker(stream, now, at);
  const opening = [0, 1, 2, 3, 4, 5, 6].map((place): Command => ({ do: 'open', account: at(place) }));
  const rest = drawn.map((command): Command => {
    if (command.do !== 'post') return { do: command.do, account: at(command.account) };
    return { do: 'post', batch: command.draws.map(make) };
  });
  const closing: Command = { do: 'close', account: at(4) };
  return [
    ...opening,
    closing,
    { do: 'post', batch: [1, 2, 1].map((credit) => make(funding(credit))) },
    ...rest,
  ];
}

/** Something to spend: 60 from the float. */
function funding(credit: number): Draw {
  return { mode: 'fresh', kind: 'single', debit: 0, credit, amount: 60n, pick: 0, field: 1, linked: false };
}

function transferMaker(stream: string, now: Date, at: (place: number) => AccountId) {
  const ids = makeIds({ now: () => now }, seededChance(stream));
  const outside = [-401, -1_000, 2, 3_000].map((days) => idAt(stream, now.getTime() + days * DAY_MS));
  const made: Transfer[] = [];
  const pickFrom = <T>(list: readonly T[], place: number): T | undefined => list[place % list.length];
  return (drawn: Draw): Transfer => {
    const fresh: Transfer = {
      id: ids.uuid(),
      kind: drawn.kind,
      debit: at(drawn.debit),
      credit: at(drawn.credit === drawn.debit && drawn.field > 0 ? (drawn.debit + 1) % 3 : drawn.credit),
      amount: drawn.amount,
      linked: drawn.linked,
      journal: { id: `jrn_${stream}`, kind: 'test.drawn', occurredAt: new Date(now.getTime() - drawn.pick) },
      ...(drawn.field === 0 ? { reference: `réf "${drawn.pick}" \\ {é,\n}` } : {}),
    };
    const transfer = around(drawn, fresh, {
      earlier: drawn.mode === 'twice' ? made.at(-1) : pickFrom(made, drawn.pick),
      hold: pickFrom(
        made.filter((earlier) => earlier.kind === 'pending'),
        drawn.pick,
      ),
      outside: pickFrom(outside, drawn.pick) ?? fresh.id,
    });
    made.push(transfer);
    return transfer;
  };
}

interface Surroundings {
  readonly earlier: Transfer | undefined;
  readonly hold: Transfer | undefined;
  readonly outside: Uuid;
}

function around(drawn: Draw, fresh: Transfer, near: Surroundings): Transfer {
  const { earlier, hold } = near;
  if (drawn.mode === 'outside') return { ...fresh, id: near.outside };
  if (drawn.mode === 'odd') return oddOne(drawn, fresh, earlier);
  if ((drawn.mode === 'repeat' || drawn.mode === 'twice') && earlier !== undefined)
    return { ...earlier, linked: drawn.linked };
  if (drawn.mode === 'changed' && earlier !== undefined) {
    return withOneChange(drawn, fresh, { ...earlier, linked: drawn.linked });
  }
  if ((drawn.mode === 'resolve' || drawn.mode === 'resolve-changed') && hold !== undefined) {
    const kind = drawn.pick % 2 === 0 ? 'post' : 'void';
    const whole: Transfer = {
      ...fresh,
      kind,
      debit: hold.debit,
      credit: hold.credit,
      amount: kind === 'post' && drawn.field > 3 && hold.amount > 1n ? hold.amount - 1n : hold.amount,
      pendingId: hold.id,
    };
    if (drawn.mode === 'resolve') return whole;
    if (drawn.field < 2) return { ...whole, debit: fresh.debit };
    return drawn.field < 4
      ? { ...whole, credit: fresh.credit }
      : { ...whole, amount: larger(whole.amount, drawn.amount) };
  }
  return fresh;
}

/** A hold that was never made, that is no hold, that nothing needs; or none where one is needed. */
function oddOne(drawn: Draw, fresh: Transfer, earlier: Transfer | undefined): Transfer {
  if (drawn.field < 2) return { ...fresh, kind: 'post' };
  if (drawn.field < 3) return { ...fresh, kind: 'void', pendingId: fresh.id };
  const pendingId = earlier?.id ?? fresh.id;
  if (drawn.field < 5) return { ...fresh, pendingId };
  return { ...fresh, kind: 'post', pendingId };
}

function withOneChange(drawn: Draw, fresh: Transfer, earlier: Transfer): Transfer {
  switch (drawn.field) {
    case 0:
      return { ...earlier, kind: fresh.kind };
    case 1:
      return { ...earlier, debit: fresh.debit };
    case 2:
      return { ...earlier, credit: fresh.credit };
    case 3:
      return { ...earlier, amount: fresh.amount };
    case 4:
      return { ...earlier, pendingId: fresh.id };
    case 5:
      return { ...earlier, journal: { ...earlier.journal, occurredAt: new Date(drawn.pick) } };
    default:
      return { ...earlier, reference: `${earlier.reference ?? ''}+` };
  }
}

function larger(amount: bigint, by: bigint): bigint {
  const sum = amount + by;
  return sum > LARGEST_AMOUNT ? LARGEST_AMOUNT : sum;
}

/** An id whose time is this instant. */
function idAt(stream: string, time_ms: number): Uuid {
  const id = makeIds({ now: () => new Date(time_ms) }, seededChance(stream)).next('jrn');
  return derivedUuid(id, 'outside');
}
