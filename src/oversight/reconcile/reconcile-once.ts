/**
 * Looks once whether the three books agree, float by float, and keeps the equation and every difference.
 *
 * The light look, each hour, compares our float with what the provider says it holds, and asks of every difference that
 * stands whether it still does. The deep one follows a comparison of days with the statements (`look-at-days-once.ts`).
 * Nothing is ever mended by it: a break is explained by people or goes away when the payment is settled.
 */
import type { Ground } from '../../ground/ground.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { CURRENCIES } from '../../ground/money/currency.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Rails } from '../../rails/rails.ts';
import { readComparison } from '../../rails/statements/read-comparison.ts';
import { listPeriods } from '../../rails/statements/statement-period.rows.ts';
import { joinPeriods } from '../../rails/statements/statement-period.ts';
import { type FloatKey, insertBreak, listStandingBreaks, markBreakGone } from './break.rows.ts';
import { findBreaks } from './find-breaks.ts';
import { keepBreaks } from './keep-breaks.ts';
import { type Equation, insertRun, readStated, sumInFlight } from './run.rows.ts';

export type Depth =
  | 'light' // books and the provider's balance
  | 'deep'; // after a comparison of days with the statements

/** Always 0: the next look is the next hour's. */
export async function reconcileOnce(db: Db, ground: Ground, rails: Rails, depth: Depth): Promise<number> {
  const { name: provider, environment } = rails.provider;
  for (const currency of CURRENCIES) {
    const of = { provider, environment, currency };
    const before = await readBalance(db, accountId('float', provider, currency));
    // Nothing was ever booked; a statement may speak of it all the same.
    if (before === undefined && (await readStated(db, of)).until === undefined) continue;
    const answer = await rails.provider.readBalance(currency);
    const held = answer?.balance.amount;
    const look = { held, depth, bookedBefore: before?.posted ?? 0n };
    await inTransaction(db, async (tx) => await reconcileFloat(tx, ground, of, look));
  }
  return 0;
}

interface Look {
  readonly held: bigint | undefined;
  readonly depth: Depth;
  /** Our float just before the provider was asked. */
  readonly bookedBefore: bigint;
}

async function reconcileFloat(tx: Tx, ground: Ground, of: FloatKey, look: Look): Promise<void> {
  const { held, depth } = look;
  await lookAgain(tx, ground, of);
  const equation = await readEquation(tx, of, held);
  // What moved while the provider answered makes two moments out of one: the next look will tell.
  if (equation.booked === look.bookedBefore) await keepBalanceBreak(tx, ground, of, equation);
  const kept = await readEquation(tx, of, held);
  await insertRun(tx, of, { ...kept, id: ground.ids.next('rcn'), depth, ranAt: ground.clock.now() });
}

const NO_DAYS = { from: new Date(0), before: new Date(0) };

/** Of the transactions of standing differences: a payment that was settled meanwhile ends its own at the next look. */
async function lookAgain(tx: Tx, ground: Ground, of: FloatKey): Promise<void> {
  const standing = (await listStandingBreaks(tx, of)).filter((one) => one.kind !== 'balance');
  if (standing.length === 0) return;
  const read = await readComparison(tx, { ...of, days: NO_DAYS, besides: standing });
  const { breaks: found } = findBreaks(read, joinPeriods(await listPeriods(tx, of)));
  await keepBreaks(tx, ground, of, { standing, found, lookOf: () => undefined });
}

/** What the provider holds and nothing explains is a break of its own, unless it may be on its way. */
async function keepBalanceBreak(tx: Tx, ground: Ground, of: FloatKey, equation: Equation): Promise<void> {
  if (equation.held === undefined) return;
  const at = ground.clock.now();
  const open = (await listStandingBreaks(tx, of)).filter(
    (one) => one.kind === 'balance' && one.closedAt === undefined,
  );
  // The open one is part of the equation; without it the rest is what there is to explain now.
  const rest = (equation.rest ?? 0n) + open.reduce((sum, one) => sum + one.difference, 0n);
  const mayBeOnItsWay = rest <= equation.inFlightIn && rest >= -equation.inFlightOut;
  for (const one of open)
    if (one.difference !== rest || mayBeOnItsWay) await markBreakGone(tx, one.id, { at, goneBy: undefined });
  if (mayBeOnItsWay) return;
  await insertBreak(tx, of, {
    id: ground.ids.next('brk'),
    kind: 'balance',
    reference: 'float',
    paymentId: undefined,
    difference: rest,
    happenedAt: at,
    at,
    openedBy: undefined,
  });
}

/** The equation as it stands in the rows, with what the provider says. */
export async function readEquation(tx: Tx, of: FloatKey, held: bigint | undefined): Promise<Equation> {
  const balance = await readBalance(tx, accountId('float', of.provider, of.currency));
  const booked = balance?.posted ?? 0n;
  const { ownTransfers } = await readStated(tx, of);
  const standing = await listStandingBreaks(tx, of);
  const sumOf = (isOpen: boolean) =>
    standing
      .filter((one) => (one.closedAt === undefined) === isOpen)
      .reduce((sum, one) => sum + one.difference, 0n);
  const [openBreaks, explained] = [sumOf(true), sumOf(false)];
  const inFlight = await sumInFlight(tx, of);
  const rest = held === undefined ? undefined : held - booked - ownTransfers - openBreaks - explained;
  return {
    currency: of.currency,
    booked,
    held,
    ownTransfers,
    openBreaks,
    explained,
    inFlightIn: inFlight.into,
    inFlightOut: inFlight.out,
    rest,
  };
}
