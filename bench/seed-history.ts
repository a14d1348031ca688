/**
 * Writes a long history of payments, to see how the console behaves when there are many.
 *
 * Everything is drawn from a seed, so two people who measure measure the same. The books are real: each transfer goes
 * through the ledger's own function, and the ids of a payment's transfers are derived as in production. Payments, events,
 * instructions and callbacks are written by the thousand, around the acts that would write them one by one.
 */
import { sql } from 'kysely';
import { seededChance } from '../src/ground/chance.ts';
import { DAY_MS, type HandClock, handClock, SECOND_MS } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { makeIds } from '../src/ground/identifiers.ts';
import { accountId } from '../src/ground/ledger/account.ts';
import { openAccounts } from '../src/ground/ledger/open-accounts.ts';
import { insertTransfers } from '../src/ground/ledger/posting.rows.ts';
import type { Transfer } from '../src/ground/ledger/transfer.ts';
import { isPosted } from '../src/ground/ledger/transfer-code.ts';
import type { Db, Tx } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import type { Payment } from '../src/rails/payments/payment.ts';
import { holdTransfers, payTransfers } from '../src/rails/payments/payout-settlement.ts';
import { creditTransfers, railAccounts } from '../src/rails/payments/settlement.ts';
import { type DrawnGroup, drawDues, drawGroups } from './draw-groups.ts';
import { drawPayment } from './draw-payment.ts';
import { insertHistory, insertPeopleInGroups } from './history.rows.ts';

const BATCH_PAYMENTS = 2_000;
/** What members pay into the fund of their group, one for so many payments across the border of the books. */
const PAYMENTS_A_DUE = 4;

export interface SeedOptions {
  readonly payments: number;
  /** The last payment is from just before. */
  readonly until: Date;
  /** Over how many days, 390 at most: the ledger takes no older ids. */
  readonly days: number;
  readonly seed: string;
  readonly provider: string;
  readonly onBatch?: (written: number) => void;
}

export interface Seeded {
  readonly payments: number;
  readonly transfers: number;
  readonly members: number;
  /** Ids of the tontines that they are in. */
  readonly groups: readonly string[];
}

export async function seedHistory(db: Db, options: SeedOptions): Promise<Seeded> {
  const chance = seededChance(options.seed);
  const start_ms = options.until.getTime() - options.days * DAY_MS;
  const clock = handClock(new Date(start_ms));
  const ground: Ground & { clock: HandClock } = {
    clock,
    chance,
    ids: makeIds(clock, chance),
    queue: { enqueue: async () => undefined },
  };
  const { members, groups } = await openMembers(db, ground, options);
  const step_ms = (options.days * DAY_MS - 60 * SECOND_MS) / options.payments;
  let written = 0;
  let transfers = 0;
  while (written < options.payments) {
    const count = Math.min(BATCH_PAYMENTS, options.payments - written);
    const drawn = Array.from({ length: count }, (_, place) => {
      clock.set(new Date(start_ms + Math.floor((written + place) * step_ms)));
      return drawPayment(ground, chance, { members, provider: options.provider });
    });
    const dues = drawDues(ground, chance, groups, Math.floor(count / PAYMENTS_A_DUE));
    transfers += await inTransaction(db, async (tx) => await write(tx, ground, drawn, dues));
    written += count;
    options.onBatch?.(written);
  }
  await sql`analyze`.execute(db);
  return { payments: written, transfers, members: members.length, groups: groups.map(({ id }) => id) };
}

/** People with a wallet each, one for fifty payments, and their groups with a fund each. */
async function openMembers(
  db: Db,
  ground: Ground,
  options: SeedOptions,
): Promise<{ readonly members: readonly string[]; readonly groups: readonly DrawnGroup[] }> {
  const count = Math.max(10, Math.min(20_000, Math.ceil(options.payments / 50)));
  const members = Array.from({ length: count }, () => ground.ids.next('per'));
  const groups = drawGroups(ground, members);
  await inTransaction(db, async (tx) => {
    await openAccounts(tx, ground, [
      ...railAccounts(options.provider, 'XOF'),
      ...members.map((member) => accountId('member', member, 'XOF')),
      ...groups.map(({ fund }) => fund),
    ]);
    await insertPeopleInGroups(tx, ground, { members, groups, firstNumber: options.until.getTime() });
  });
  return { members, groups };
}

/** Posts what moved, turns what the ledger refused into a failure, and writes the rows. */
async function write(
  tx: Tx,
  ground: Ground & { readonly clock: HandClock },
  drawn: readonly Payment[],
  dues: readonly Transfer[],
): Promise<number> {
  const { clock } = ground;
  const now = clock.now();
  const moved: { payment: Payment; transfers: readonly Transfer[] }[] = drawn
    .filter((payment) => payment.state === 'succeeded')
    .map((payment) => ({ payment, transfers: transfersOf(payment, ground, clock) }));
  clock.set(now);
  // Who has not enough for the fund of the group pays another time.
  const all = [...moved.flatMap((one) => one.transfers), ...dues];
  const codes = all.length === 0 ? [] : await insertTransfers(tx, all, now);
  const refused = new Set<string>();
  let place = 0;
  for (const { payment, transfers } of moved) {
    const own = codes.slice(place, place + transfers.length);
    place += transfers.length;
    if (!own.every(isPosted)) refused.add(payment.id);
  }
  const rows = drawn.map(
    (payment): Payment =>
      refused.has(payment.id)
        ? { ...payment, state: 'failed', reason: 'INSUFFICIENT_FUNDS', credited: undefined, fee: undefined }
        : payment,
  );
  await insertHistory(tx, ground.ids, rows);
  return codes.filter(isPosted).length;
}

function transfersOf(payment: Payment, ground: Ground, clock: HandClock): readonly Transfer[] {
  clock.set(payment.settledAt ?? payment.createdAt);
  if (payment.direction === 'in') return creditTransfers(payment, payment.fee ?? 0n, ground).transfers;
  // The hold and its end stand or fall together here, as one chain.
  const hold = holdTransfers(payment, ground).map((transfer) => ({ ...transfer, linked: true }));
  return [...hold, ...payTransfers(payment, 0n, ground)];
}
