/**
 * Sends transfers through the posting lane, from many callers that each wait for their own answer.
 */
import { openPostingLane } from '../src/ground/ledger/posting-lane.ts';
import type { Transfer } from '../src/ground/ledger/transfer.ts';
import { closedLoop, type Measured } from './measure.ts';
import type { Town } from './town.ts';

export async function laneLoad(
  { db, ground }: Pick<Town, 'db' | 'ground'>,
  callers: number,
  seconds: number,
  make: () => Transfer,
): Promise<Measured> {
  const lane = openPostingLane(db, ground);
  const measured = await closedLoop(callers, seconds, async () => {
    const answer = await lane.post([make()]);
    return answer.ok ? answer.value.length : 0;
  });
  await lane.close();
  return measured;
}
