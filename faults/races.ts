/**
 * Plays what only several sessions of a real PostgreSQL can play: settlements of one payment at the very same time.
 *
 * The universes run in one thread and one session, where nobody can step between a read and its write.
 */
import { systemClock } from '../src/ground/clock.ts';
import { type Db, openPostgres } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { startServer } from '../src/ground/testing/postgres-server.ts';
import { judgeTogether } from '../src/rails/payments/judge-together.ts';
import { readPayments } from '../src/rails/payments/payment-set.rows.ts';
import { settle } from '../src/rails/payments/settle.ts';
import { writeEffects } from '../src/rails/payments/write-effects.ts';
import type { StatusAnswer } from '../src/rails/provider.ts';
import { universalVault } from './open-universes.ts';
import { textOf } from './run-on.ts';
import { pendingDeposit } from './scenarios/callbacks.ts';
import { sentWithdrawal } from './scenarios/reversals.ts';
import { playScenario, type Stage } from './stage.ts';

const SIDE_BY_SIDE = 10;
const BURST = 5;

/** Starts a PostgreSQL, races, and stops it; what was noticed, or nothing. */
export async function huntRaces(): Promise<string | undefined> {
  const server = await startServer();
  const open = openPostgres(server.url, {
    onError: () => undefined,
    connections: SIDE_BY_SIDE + 2,
    plugins: [universalVault()],
  });
  try {
    await migrate(open.db, systemClock);
    return await playRaces(open.db);
  } finally {
    await open.close();
    await server.stop();
  }
}

/** Takes a migrated, empty PostgreSQL. */
export async function playRaces(db: Db): Promise<string | undefined> {
  for (const race of [settleTogether, burstsTogether, payAndRelease]) {
    const [noticed] = await playScenario(db, {
      id: race.name,
      fault: 'several sessions at once',
      required: 'one effect',
      isRemote: true,
      play: race,
    });
    if (noticed !== undefined) return noticed;
  }
  return undefined;
}

/** Callback, poller and console bring the same success at once. */
async function settleTogether(stage: Stage): Promise<void> {
  const id = await pendingDeposit(stage);
  stage.decide(id, 'success');
  const answer = succeeded(stage, id);
  await atOnce(
    stage,
    id,
    Array.from({ length: SIDE_BY_SIDE }, () => answer),
  );
  await stage.state(id, 'succeeded');
}

/** The same burst in every session, each in another order. */
async function burstsTogether(stage: Stage): Promise<void> {
  const { db, ground } = stage.world;
  const ids: string[] = [];
  for (let place = 0; place < BURST; place++) ids.push(await pendingDeposit(stage, 5_000n, place % 3));
  for (const id of ids) stage.decide(id, 'success');
  // Read before anybody settles, as a worker does that then asks the provider.
  const read = await readPayments(db, ids);
  const settlings = ids.map((id) => ({
    paymentId: id,
    answer: succeeded(stage, id),
    source: 'callback' as const,
    read: read.get(id),
  }));
  const ends = await Promise.allSettled(
    Array.from({ length: SIDE_BY_SIDE }, async (_, session) => {
      const turned = [...settlings.slice(session % BURST), ...settlings.slice(0, session % BURST)];
      await inTransaction(db, async (tx) => {
        await writeEffects(tx, ground, await judgeTogether(tx, ground, turned));
      });
    }),
  );
  for (const end of ends)
    stage.must(end.status === 'fulfilled', end.status === 'rejected' ? textOf(end.reason) : '');
  for (const id of ids) await stage.state(id, 'succeeded');
}

/** A success and a failure of one withdrawal come at once: one of the two counts. */
async function payAndRelease(stage: Stage): Promise<void> {
  await stage.fund(20_000n);
  const id = await sentWithdrawal(stage, 5_000n);
  stage.decide(id, 'success');
  await atOnce(
    stage,
    id,
    Array.from({ length: SIDE_BY_SIDE }, () => succeeded(stage, id)),
  );
  await stage.state(id, 'succeeded');
}

async function atOnce(stage: Stage, paymentId: string, answers: readonly StatusAnswer[]): Promise<void> {
  const { db, ground } = stage.world;
  const ends = await Promise.allSettled(
    answers.map(
      async (answer) =>
        await inTransaction(
          db,
          async (tx) => await settle(tx, ground, { paymentId, answer, source: 'callback' }),
        ),
    ),
  );
  for (const end of ends)
    stage.must(end.status === 'fulfilled', end.status === 'rejected' ? textOf(end.reason) : '');
}

function succeeded(stage: Stage, id: string): StatusAnswer {
  const { reference, moved, movedCurrency } = stage.truth(id);
  const fee = stage.truth(id).direction === 'in' ? (moved * 150n + 9_999n) / 10_000n : (moved + 99n) / 100n;
  return {
    found: 'yes',
    status: 'succeeded',
    word: 'success',
    paid: { amount: moved, currency: movedCurrency },
    fee: { amount: fee, currency: movedCurrency },
    references: { reference },
  };
}
