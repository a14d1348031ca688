/**
 * Tells an invited number by text message that an invitation waits for it.
 *
 * The message leaves after the transaction, and the invitation stands without it: whoever signs in with the number
 * finds it. A number that several groups are inviting already gets no more messages, so that nobody is pestered.
 */
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { invitedNotice } from '../../../../people/notices.ts';
import type { Phone } from '../../../../people/phone-number.ts';
import { spendSms } from '../../../../people/spend-sms.ts';
import { listInvitedNumber } from '../../../../tontine/members/membership.rows.ts';
import { paths } from '../../paths.ts';
import type { Visit } from '../group-visit.ts';

/** Three groups that wait at once is a popular person; more is somebody who plays. */
const MOST_WAITING = 3;

export async function sendInvitation({ door, actor }: Visit, phone: Phone): Promise<'sent' | 'not-sent'> {
  const mayLeave = await inTransaction(door.db, async (tx) => {
    if ((await listInvitedNumber(tx, phone.e164)).length > MOST_WAITING) return false;
    return (await spendSms(tx, door.ground, { perDay: door.smsDailyBudget, kind: 'invitation' })).ok;
  });
  if (!mayLeave) return 'not-sent';
  const text = invitedNotice(actor.group.name, `${door.publicUrl}${paths.tontines}`);
  const outcome = await door.sms.send({ to: phone.e164, text });
  return outcome === 'sent' ? 'sent' : 'not-sent';
}
