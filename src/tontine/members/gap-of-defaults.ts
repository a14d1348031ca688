/**
 * Says how a pot that is short because of a declared default is covered, where the by-law would let other pots wait.
 *
 * Two people have agreed to cover the default, so the pot need not wait for somebody who will not pay: the guarantee fund
 * stands in, or what is there is paid and the rest stays a claim, whichever the by-law names first and can be done.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { findLastRequest } from '../approvals/approval-request.rows.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { listPotDuesOfShare } from '../rounds/due.rows.ts';
import { missingOf } from '../rounds/due.ts';
import { listAdvancedDues, openAdvance } from '../rounds/guarantee-advance.rows.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { listDefaults } from './default.rows.ts';

/** How to fill a gap that defaults explain. */
export type GapCover =
  | 'guarantee' // the fund stands in
  | 'pay-what-is-there'; // the rest stays a claim on the defaulter

/** In the order of the by-law; nothing when defaults do not explain all of the gap. */
export async function gapCovers(
  reader: Reader,
  { cycle, rules }: RunningCycle,
  roundNumber: number,
  gap: bigint,
): Promise<GapCover[]> {
  const defaults = await listDefaults(reader, cycle.id);
  if (defaults.length === 0) return [];
  const upTo = new Set(
    (await listRounds(reader, cycle.id))
      .filter((round) => round.number <= roundNumber)
      .map((round) => round.id),
  );
  let explained = 0n;
  for (const { id, shareId } of defaults) {
    const request = await findLastRequest(reader, { kind: 'default-cover', subjectId: id });
    if (request?.state !== 'granted') continue;
    const dues = (await listPotDuesOfShare(reader, shareId)).filter((due) => upTo.has(due.roundId ?? ''));
    const ids = dues.map((due) => due.id);
    const advanced = (await listAdvancedDues(reader, ids)).reduce((sum, due) => sum + openAdvance(due), 0n);
    explained += dues.reduce((sum, due) => sum + missingOf(due), -advanced);
  }
  if (gap > explained) return [];
  return rules.defaultCover.flatMap((source) =>
    source === 'guarantee' ? ['guarantee'] : source === 'pro-rata' ? ['pay-what-is-there'] : [],
  );
}
