import { expect, test } from 'vitest';
import { type Clock, handClock, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import {
  acceptedDeposit,
  balanceOf,
  depositStage,
  expectBooksInOrder,
  FLOAT,
  NET,
  tell,
} from '../testing/deposit-stage.ts';
import type { ClaimedCallbacks, ClaimLane } from './claim-lane.ts';
import { openClaimsAhead } from './claims-ahead.ts';
import { openInboxLanes } from './inbox-lanes.ts';
import { processCallbacksOnce } from './process-callbacks-once.ts';
import type { StoredCallback } from './provider-callback.rows.ts';

/** Claims one callback each time, or what `instead` says. */
function claiming(clock: Clock) {
  const asked: number[] = [];
  const instead: (ClaimedCallbacks | Error)[] = [];
  const claim: ClaimLane = async (limit) => {
    asked.push(limit);
    const told = instead.shift() ?? { claimedAt: clock.now(), named: [], others: [{} as StoredCallback] };
    if (told instanceof Error) throw told;
    return told;
  };
  return { asked, instead, claim };
}

test('what was claimed ahead is for the next one who comes, once', async () => {
  const clock = handClock(new Date('2026-11-05T18:00:00Z'));
  const { asked, claim } = claiming(clock);
  const claims = openClaimsAhead(claim, clock);
  claims.ahead(200);
  expect(asked).toEqual([200]);
  await claims.claim(200);
  expect(asked).toEqual([200]);
  await claims.claim(200);
  expect(asked).toEqual([200, 200]);
});

test('what is old, empty or failed is claimed anew', async () => {
  const clock = handClock(new Date('2026-11-05T18:00:00Z'));
  const { asked, instead, claim } = claiming(clock);
  const claims = openClaimsAhead(claim, clock);
  claims.ahead(1);
  clock.advance(6 * SECOND_MS);
  expect((await claims.claim(2)).claimedAt).toEqual(clock.now());
  instead.push({ claimedAt: clock.now(), named: [], others: [] });
  claims.ahead(3);
  expect((await claims.claim(4)).others).toHaveLength(1);
  instead.push(new Error('the database is away'), new Error('still away'));
  claims.ahead(5);
  await expect(claims.claim(6)).rejects.toThrow('still away');
  expect(asked).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a process that ends leaves what it claimed ahead to its lease, and each payment is credited once', async () => {
  const stage = await depositStage();
  const { db, ground, rails } = stage;
  for (const place of [0, 1, 2, 3]) {
    const id = await acceptedDeposit(stage, { ownerId: `per_${place}` });
    const truth = stage.provider.truth.find(({ intent }) => intent.paymentId === id);
    if (truth === undefined) throw new Error(`the provider knows nothing of ${id}`);
    truth.status = 'succeeded';
    await tell(stage, id, truth.reference);
  }
  const ending = openInboxLanes(db, ground, rails);
  expect(await processCallbacksOnce(db, ground, rails, 1, ending)).toBe(1);
  expect(await processCallbacksOnce(db, ground, rails, 1, ending)).toBe(1);
  // The third one is claimed ahead by a process that never comes again.
  expect(await processCallbacksOnce(db, ground, rails, 9)).toBe(1);
  stage.clock.advance(MINUTE_MS);
  expect(await processCallbacksOnce(db, ground, rails, 9)).toBe(1);
  expect(await balanceOf(stage, FLOAT)).toBe(NET * 4n);
  await expectBooksInOrder(stage);
});
