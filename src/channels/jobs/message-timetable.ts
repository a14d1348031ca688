/**
 * Lists the job that tells people by text message what became of their money, and what wakes it.
 */
import { after, SECOND_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { JobHandler } from '../../ground/queue/boss-queue.ts';
import type { Job } from '../../ground/queue/job.ts';
import type { SmsGateway } from '../../people/sms-gateway.ts';
import { sendMessagesOnce } from '../../wallet/messages/send-messages-once.ts';
import { EVENTS_SETTLE_MS, writeMessagesOnce } from '../../wallet/messages/write-messages-once.ts';

export const TELL_PEOPLE: Job = {
  name: 'tell-people',
  meaning: 'tells people by text message that money came or left',
};

export const MESSAGE_JOBS: readonly Job[] = [TELL_PEOPLE];

const READ_AT_ONCE = 500;
/** A relay takes ten seconds at worst. */
const SENT_AT_ONCE = 20;

export function messageTimetable(
  db: Db,
  ground: Ground,
  { sms, smsDailyBudget: perDay }: { readonly sms: SmsGateway; readonly smsDailyBudget: number },
): JobHandler[] {
  return [
    {
      job: TELL_PEOPLE,
      run: async () =>
        (await writeMessagesOnce(db, ground, READ_AT_ONCE)) +
        (await sendMessagesOnce(db, ground, { sms, perDay, limit: SENT_AT_ONCE })),
      cron: '* * * * *',
    },
  ];
}

/** A step that settles, and then wakes whoever tells of it; a wake-up that is lost is made good by the next minute. */
export function thenTell(db: Db, ground: Ground, settle: () => Promise<number>): () => Promise<number> {
  return async () => {
    const done = await settle();
    if (done > 0) {
      const startAfter = after(ground.clock.now(), EVENTS_SETTLE_MS + SECOND_MS);
      await inTransaction(db, async (tx) => await ground.queue.enqueue(tx, TELL_PEOPLE, { startAfter }));
    }
    return done;
  };
}
