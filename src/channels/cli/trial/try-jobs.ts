/**
 * Asks the workers for a sign of life, and waits for it: pages without workers look well and settle nothing.
 */
import type { Clock } from '../../../ground/clock.ts';
import { after, SECOND_MS } from '../../../ground/clock.ts';
import type { OpenDatabase } from '../../../ground/postgres/database.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { openBossQueue } from '../../../ground/queue/boss-queue.ts';
import { examineQueue, type QueueFacts } from '../../../ground/queue/examine-queue.ts';
import { PROVE_ALIVE } from '../../../ground/queue/prove-alive.ts';
import type { Check } from '../check.ts';

/** Workers look every half second; a loaded machine is slower. */
const PATIENCE_MS = 12 * SECOND_MS;
/** The timetable asks each minute; three of them missed is not chance. */
const QUIET_FOR_MS = 180 * SECOND_MS;
const CURE = 'start a process with ROLE=worker or all, and look at its log';

/** What the doctor sees without asking for anything. */
export function judgeQueue(facts: QueueFacts | undefined, now: Date): Check {
  if (facts?.lastProofAt === undefined) {
    return { name: 'jobs', state: 'red', seen: 'nobody has ever worked on jobs here', cure: CURE };
  }
  const quiet_ms = Math.max(0, now.getTime() - facts.lastProofAt.getTime());
  const seen = `last sign of life ${Math.round(quiet_ms / SECOND_MS)} s ago, ${facts.waiting} waiting, ${facts.failed} given up in a day`;
  if (quiet_ms > QUIET_FOR_MS) return { name: 'jobs', state: 'red', seen, cure: CURE };
  if (facts.failed > 0) {
    return {
      name: 'jobs',
      state: 'amber',
      seen,
      cure: 'the log of the worker says which job fails, and why',
    };
  }
  return { name: 'jobs', state: 'green', seen };
}

export async function tryJobs(open: OpenDatabase, clock: Clock, pause: () => Promise<void>): Promise<Check> {
  if ((await examineQueue(open.db, clock.now())) === undefined) return judgeQueue(undefined, clock.now());
  const queue = openBossQueue(open, () => undefined);
  await queue.prepare([PROVE_ALIVE]);
  try {
    await inTransaction(open.db, async (tx) => await queue.enqueue(tx, PROVE_ALIVE));
    const deadline = after(clock.now(), PATIENCE_MS);
    for (;;) {
      const facts = await examineQueue(open.db, clock.now());
      if (facts?.openProofs === 0) return judgeQueue(facts, clock.now());
      if (clock.now() > deadline) {
        return {
          name: 'jobs',
          state: 'red',
          seen: `no sign of life in ${PATIENCE_MS / SECOND_MS} s`,
          cure: CURE,
        };
      }
      await pause();
    }
  } finally {
    await queue.stop();
  }
}
