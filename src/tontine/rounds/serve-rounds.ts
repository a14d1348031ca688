/**
 * Notes which rounds are served: closed, and every pot of them handed out.
 *
 * It refuses nothing.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listPayouts } from './payout.rows.ts';
import { markRoundServed } from './round.rows.ts';
import type { Round } from './round.ts';

export async function serveRounds(tx: Tx, ground: Ground, rounds: readonly Round[]): Promise<void> {
  const closed = rounds.filter((round) => round.state === 'closed');
  const [first] = closed;
  if (first === undefined) return;
  const payouts = await listPayouts(tx, first.cycleId);
  for (const round of closed) {
    const paid = payouts.filter((one) => one.roundId === round.id && one.paidAt !== null).length;
    if (paid < round.payoutCount) continue;
    await markRoundServed(tx, round.id, ground.clock.now());
    const { groupId, id: subjectId } = round;
    await writeJournal(tx, ground, {
      groupId,
      act: 'round.served',
      subjectId,
      facts: { number: String(round.number) },
    });
    await recordEvent(tx, ground, { name: 'round.served', subjectId });
  }
}
