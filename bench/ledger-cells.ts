/**
 * Measures posting through the posting lane, from one caller to five hundred, and in batches inside a transaction.
 */
import { derivedUuid } from '../src/ground/identifiers.ts';
import { postTransfers } from '../src/ground/ledger/post-transfers.ts';
import { openPostingLane } from '../src/ground/ledger/posting-lane.ts';
import type { Transfer } from '../src/ground/ledger/transfer.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import type { CellName } from './goals.ts';
import { laneLoad } from './lane-load.ts';
import { closedLoop, type Measured, openLoop } from './measure.ts';
import { hotPayment, randomPayment, type Town } from './town.ts';

export type Cell = (town: Town, seconds: number) => Promise<Measured>;

/** More than any wallet here has: always refused. */
const TOO_MUCH = 10n ** 15n;
const REFUSED_EVERY = 20;
const BATCH = 1000;

export const LEDGER_CELLS: Readonly<Partial<Record<CellName, Cell>>> = {
  'single-random': async (town, seconds) => await laneLoad(town, 8, seconds, () => randomPayment(town)),
  'single-hot': async (town, seconds) => await laneLoad(town, 8, seconds, () => hotPayment(town)),
  'single-alone': async (town, seconds) => await laneLoad(town, 1, seconds, () => randomPayment(town)),
  'lane-32-random': async (town, seconds) => await laneLoad(town, 32, seconds, () => randomPayment(town)),
  'lane-512-random': async (town, seconds) => await laneLoad(town, 512, seconds, () => randomPayment(town)),
  'lane-512-hot': async (town, seconds) => await laneLoad(town, 512, seconds, () => hotPayment(town)),
  'lane-512-refusals': async (town, seconds) => await laneLoad(town, 512, seconds, withRefusals(town)),
  'lane-512-pairs': pairs,
  'lane-open-10000': openArrivals,
  'batch-1000': async ({ db, ground, ...rest }, seconds) =>
    await closedLoop(1, seconds, async () => {
      const town = { db, ground, ...rest };
      const batch = Array.from({ length: BATCH }, () => randomPayment(town));
      await inTransaction(db, async (tx) => await postTransfers(tx, ground, batch));
      return BATCH;
    }),
};

function withRefusals(town: Town): () => Transfer {
  let made = 0;
  return () => {
    made += 1;
    const transfer = randomPayment(town);
    return made % REFUSED_EVERY === 0 ? { ...transfer, amount: TOO_MUCH } : transfer;
  };
}

async function pairs(town: Town, seconds: number): Promise<Measured> {
  const open = openPostingLane(town.db, town.ground);
  const measured = await closedLoop(512, seconds, async () => {
    const hold: Transfer = { ...randomPayment(town), kind: 'pending' };
    const held = await open.post([hold]);
    const id = derivedUuid(hold.journal.id, 'post');
    const posted = await open.post([{ ...hold, id, kind: 'post', pendingId: hold.id }]);
    return held.ok && posted.ok && posted.value[0] === 'posted' ? 1 : 0;
  });
  await open.close();
  return measured;
}

async function openArrivals(town: Town, seconds: number): Promise<Measured> {
  const open = openPostingLane(town.db, town.ground);
  const measured = await openLoop(10_000, seconds, async () => {
    const answer = await open.post([randomPayment(town)]);
    return answer.ok ? 1 : 0;
  });
  await open.close();
  return measured;
}
