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
import { CHECKS } from '../words/checks.ts';

/** Workers look every half second; a loaded machine is slower. */
const PATIENCE_MS = 12 * SECOND_MS;
/** The timetable asks each minute; three of them missed is not chance. */
const QUIET_FOR_MS = 180 * SECOND_MS;

/** What the doctor sees without asking for anything. */
export function judgeQueue(facts: QueueFacts | undefined, now: Date): Check {
  const { name, never, cure, log, seen: said } = CHECKS.jobs;
  if (facts?.lastProofAt === undefined) return { name, state: 'red', seen: never, cure };
  const quiet_ms = Math.max(0, now.getTime() - facts.lastProofAt.getTime());
  const seen = said(Math.round(quiet_ms / SECOND_MS), facts.waiting, facts.failed);
  if (quiet_ms > QUIET_FOR_MS) return { name, state: 'red', seen, cure };
  return facts.failed > 0 ? { name, state: 'amber', seen, cure: log } : { name, state: 'green', seen };
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
        const { name, silent, cure } = CHECKS.jobs;
        return { name, state: 'red', seen: silent(PATIENCE_MS / SECOND_MS), cure };
      }
      await pause();
    }
  } finally {
    await queue.stop();
  }
}
