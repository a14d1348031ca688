/**
 * Makes the first administrator of an installation: from then on only an administrator makes another one.
 *
 * The host names a phone number when the product is set up; whoever holds it logs in with a code like everybody. The
 * grant names nobody as its giver, which is what tells it from all later ones.
 *
 * Refuses: admin-exists (somebody else is an administrator already).
 */
import { recordEvent } from '../ground/events/record-event.ts';
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { lockName } from '../ground/postgres/lock-name.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../ground/refusal.ts';
import { findPersonByPhone, insertPerson } from './person.rows.ts';
import type { Phone } from './phone-number.ts';
import { insertRoleGrant, lockAdmins } from './role-grant.rows.ts';

/** `again` when this person was the administrator before. */
export async function appointFirstAdmin(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  phone: Phone,
): Promise<Answer<'appointed' | 'again'>> {
  // Two setups at once would each see that there is nobody.
  await lockName(tx, 'first admin');
  const admins = await lockAdmins(tx);
  const now = ground.clock.now();
  const known = await findPersonByPhone(tx, phone.e164);
  if (known !== undefined && admins.includes(known.id)) return accepted('again');
  if (admins.length > 0) return refused(ADMIN_EXISTS);
  if (known === undefined) {
    const id = ground.ids.next('per');
    await insertPerson(tx, { id, phone: phone.e164, country: phone.country, locale: 'fr', createdAt: now });
    await recordEvent(tx, ground, { name: 'person.joined', subjectId: id });
  }
  const person = known ?? (await findPersonByPhone(tx, phone.e164));
  invariant(person !== undefined, 'the first administrator disappeared');
  await insertRoleGrant(tx, { id: ground.ids.uuid(), personId: person.id, role: 'admin', grantedAt: now });
  return accepted('appointed');
}

const ADMIN_EXISTS = refusal(
  'admin-exists',
  'conflict',
  'Cette installation a déjà un administrateur : c’est à lui d’en nommer d’autres.',
  'This installation already has an administrator: further ones are made by them.',
);
