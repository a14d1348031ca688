/**
 * Fines what is late by the group's own tariff, which may differ before and after one has taken the pot.
 *
 * What is levied is what the lateness has cost by now without what was levied before, so a run that is repeated fines
 * nobody twice, and one that comes after days of outage forgets nobody: a due that was paid late in between is fined
 * for the time it was late. The database refuses a second fine for one lateness and step by itself.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { cycleWithRules } from '../cycles/running-cycle.ts';
import { findShare } from '../cycles/share.rows.ts';
import type { Rules } from '../groups/rules.ts';
import { findDue, listDuesToFine, markNextFee, metUntil } from '../rounds/due.rows.ts';
import type { Due } from '../rounds/due.ts';
import { inSets } from '../rounds/in-sets.ts';
import { feeToLevy } from './late-fee.ts';
import { levyFine } from './levy-fine.ts';
import { sumLevied } from './penalty.rows.ts';

/** Their groups are locked meanwhile: few enough that the members do not notice. */
const TOGETHER = 50;

/** Looks at no more than `limit` dues; returns how many it looked at. */
export async function levyPenaltiesOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  const late = await listDuesToFine(db, now, limit);
  await inSets(db, ground, late, {
    atOnce: TOGETHER,
    // What a fine does follows from rows alone.
    oneOfAGroup: false,
    act: async (tx, { id }) => {
      const due = await findDue(tx, id);
      if (due === undefined || due.nextFeeAt === null || due.nextFeeAt >= now) return undefined;
      return await fineLateness(tx, ground, due, now);
    },
  });
  return late.length;
}

/** Writes all but the transfers, and hands them back. */
async function fineLateness(tx: Tx, ground: Ground, due: Due, now: Date): Promise<readonly Transfer[]> {
  const running = await cycleWithRules(tx, due.cycleId, now);
  const { lateFee } = running.rules;
  const share = due.shareId === null ? undefined : await findShare(tx, due.shareId);
  const served = share?.servedAt !== null && share?.servedAt !== undefined && share.servedAt <= due.dueAt;
  const left = due.amount - due.lowered - (await metUntil(tx, due.id, due.lateAt));
  // Who had paid in full by then, and less was due afterwards, had paid more than that.
  const missing = left > 0n ? left : 0n;
  const until = due.settledAt ?? now;
  const lateness = { graceEndsAt: due.lateAt, until, missing, served };
  const amount = feeToLevy(lateFee, lateness, await sumLevied(tx, due.id));
  await markNextFee(tx, due.id, nextLook(lateFee, due, now));
  if (amount === 0n || running.cycle.state !== 'running') return [];
  const transfers = await levyFine(tx, ground, running, {
    kind: 'late',
    subjectId: due.id,
    membershipId: due.membershipId,
    roundId: due.roundId ?? undefined,
    step: lateFee.kind === 'per-day' ? daysSince(due.lateAt, until) : 1,
    afterPot: served,
    amount,
  });
  return transfers ?? [];
}

/** A fee per day is looked at once a day while the due is open; the others cost once. */
function nextLook(tariff: Rules['lateFee'], due: Due, now: Date): Date | undefined {
  if (tariff.kind !== 'per-day' || due.settledAt !== null) return undefined;
  return after(due.lateAt, daysSince(due.lateAt, now) * DAY_MS);
}

/** Days begun, as the tariff counts them. */
function daysSince(start: Date, instant: Date): number {
  return Math.max(1, Math.ceil((instant.getTime() - start.getTime()) / DAY_MS));
}
