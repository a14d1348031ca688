/**
 * Removes who somebody is: number, name, PIN, sessions, devices, codes, messages, second factor.
 *
 * The id stays, because payments and accounts name it; nothing says any more whose it is. Afterwards the number may come
 * again, as somebody new. It looks at no money: `oversight/person/erase-person.ts` does, before it calls this.
 */
import type { Tx } from '../ground/postgres/database.ts';
import { deleteDevicesOf } from './device.rows.ts';
import { deleteCodesOf } from './login-code.rows.ts';
import { deleteInvitationsOf } from './operator-invitation.rows.ts';
import { markErased } from './person.rows.ts';
import type { Person } from './person.ts';
import { deleteGuardsOf } from './pin-guard.rows.ts';
import { deleteSecondFactor } from './second-factor.rows.ts';
import { deleteSessionsOf } from './session.rows.ts';
import { deleteOutboxOf } from './sms-outbox.rows.ts';

export async function forgetPerson(
  tx: Tx,
  { id, phone }: Pick<Person, 'id' | 'phone'>,
  at: Date,
): Promise<void> {
  await deleteSessionsOf(tx, id);
  await deleteDevicesOf(tx, id);
  await deleteSecondFactor(tx, id);
  await deleteCodesOf(tx, phone);
  await deleteGuardsOf(tx, phone);
  await deleteOutboxOf(tx, phone);
  await deleteInvitationsOf(tx, phone);
  await markErased(tx, id, at);
}
