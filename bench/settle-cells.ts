/**
 * Measures a deposit's whole settlement, from the callback in the inbox to the money in the wallet, as the worker does it.
 *
 * Each takes the callback, finds the payment, asks a provider that answers at once, and commits state, transfers, event
 * and jobs. One by one is eight workers that take one callback each, as the bank has eight clients; in bursts is as many
 * workers as the product's timetable has, and each may take two hundred.
 */
import { sql } from 'kysely';
import { LANES_TO_PROVIDER, TAKEN_AT_ONCE } from '../src/channels/jobs/timetable.ts';
import { seededChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { makeIds } from '../src/ground/identifiers.ts';
import { accountId } from '../src/ground/ledger/account.ts';
import { openAccount } from '../src/ground/ledger/open-account.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { openBossQueue } from '../src/ground/queue/boss-queue.ts';
import { invariant } from '../src/ground/refusal.ts';
import { type InboxLanes, openInboxLanes } from '../src/rails/inbox/inbox-lanes.ts';
import { processCallbacksOnce } from '../src/rails/inbox/process-callbacks-once.ts';
import { ENQUIRE_PAYMENTS, PROCESS_CALLBACKS, SEND_COMMANDS } from '../src/rails/payments/payment-jobs.ts';
import { railAccounts } from '../src/rails/payments/settlement.ts';
import type { Rails } from '../src/rails/rails.ts';
import { expectSoundSums } from './books.ts';
import { insertToldPayments } from './history.rows.ts';
import { closedLoop, type Measured } from './measure.ts';
import { openMeasured } from './open-measured.ts';
import { READY, readyProvider, takenDeposit } from './ready-provider.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { expectSoundBooks } from './town.ts';

const MEMBERS = 5_000;
const WORKERS = 8;
/** As the product's own default. */
const CONNECTIONS = 10;
const TRIAL_S = 0.7;
/** More than anything settles in that time. */
const LAID_IN_TO_TRY = 12_000;
const ROWS_AT_ONCE = 2_000;

export const SETTLE: Section = { name: 'settle', cells: ['settle-one', 'settle-burst'], open: openSettling };

async function openSettling(world: BenchWorld): Promise<OpenSection> {
  const open = openMeasured(await world.database('settling'), CONNECTIONS);
  const { db } = open;
  await migrate(db, systemClock);
  const queue = openBossQueue(open, (error) => world.say(error.message));
  await queue.prepare([PROCESS_CALLBACKS, ENQUIRE_PAYMENTS, SEND_COMMANDS]);
  const chance = seededChance('settling');
  const ground: Ground = { clock: systemClock, chance, ids: makeIds(systemClock, chance), queue };
  const rails: Rails = {
    provider: readyProvider(),
    feePolicy: 'wallet',
    fallbackFeeBasisPoints: 150,
    callbackUrl: () => '',
  };
  await inTransaction(db, async (tx) => {
    for (const account of railAccounts(READY, 'XOF')) await openAccount(tx, ground, account);
    for (let place = 0; place < MEMBERS; place++) {
      await openAccount(tx, ground, accountId('member', memberOf(place), 'XOF'));
    }
  });
  const inbox = { db, ground, rails, lanes: openInboxLanes(db, ground, rails) };
  return {
    cells: new Map([
      ['settle-one', async (seconds: number) => await measure(inbox, WORKERS, 1, seconds)],
      [
        'settle-burst',
        async (seconds: number) => await measure(inbox, LANES_TO_PROVIDER, TAKEN_AT_ONCE, seconds),
      ],
    ]),
    check: async () => {
      await expectSoundSums(db);
      await expectSettled(db);
    },
    checkAll: async () => await expectSoundBooks(db),
    close: async () => {
      await queue.stop();
      await open.close();
    },
  };
}

interface Inbox {
  readonly db: Db;
  readonly ground: Ground;
  readonly rails: Rails;
  /** All workers are of one process. */
  readonly lanes: InboxLanes;
}

/** Tries for a moment how fast it goes, and lays in so much that nobody waits for work while it counts. */
async function measure(inbox: Inbox, workers: number, limit: number, seconds: number): Promise<Measured> {
  const { db, ground, rails, lanes } = inbox;
  const work = async (): Promise<number> => await processCallbacksOnce(db, ground, rails, limit, lanes);
  await fill(inbox, LAID_IN_TO_TRY);
  const { perSecond } = await closedLoop(workers, TRIAL_S, work);
  await fill(inbox, Math.ceil(perSecond * seconds * 2) + TAKEN_AT_ONCE * workers);
  const measured = await closedLoop(workers, seconds, work);
  invariant(measured.refused === 0, 'the inbox ran empty while it was measured');
  return measured;
}

/** Fills the inbox up to `wanted` callbacks. */
async function fill({ db, ground }: Inbox, wanted: number): Promise<void> {
  const { rows } = await db
    .selectFrom('provider_callbacks')
    .select((eb) => eb.fn.countAll<bigint>().as('rows'))
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow();
  for (let missing = wanted - Number(rows); missing > 0; missing -= ROWS_AT_ONCE) {
    const taken = Array.from({ length: Math.min(missing, ROWS_AT_ONCE) }, () =>
      takenDeposit(ground, memberOf(ground.chance.below(MEMBERS))),
    );
    await inTransaction(db, async (tx) => await insertToldPayments(tx, ground.ids, taken));
  }
  // As the server does by itself where rows come in over hours and not in a second.
  await sql`analyze payments, provider_callbacks`.execute(db);
}

function memberOf(place: number): string {
  return `per_${place}`;
}

/** Every callback that is done has led to a payment that succeeded. */
async function expectSettled(db: Db): Promise<void> {
  const odd = await db
    .selectFrom('provider_callbacks as c')
    .innerJoin('payments as p', 'p.id', 'c.payment_id')
    .select('p.id')
    .where('c.finished_at', 'is not', null)
    .where((eb) => eb.or([eb('p.state', '<>', 'succeeded'), eb('c.state', '<>', 'applied')]))
    .limit(1)
    .executeTakeFirst();
  invariant(odd === undefined, `the callback of ${odd?.id} is done and its payment is not settled`);
}
