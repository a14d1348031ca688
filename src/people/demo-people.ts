/**
 * Fills a trial installation with people to log in as.
 *
 * Their PINs are public, so this must never run where money is real. It may run at every start: who exists is left as
 * they are, even with another PIN.
 */
import type { Ground } from '../ground/ground.ts';
import type { Locale } from '../ground/money/money-text.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { invariant } from '../ground/refusal.ts';
import { findPersonByPhone, insertPerson, markPin } from './person.rows.ts';
import { parsePhone } from './phone-number.ts';
import { argonHasher, hashPin } from './pin-hash.ts';
import type { Role } from './role.ts';
import { insertRoleGrant } from './role-grant.rows.ts';

export interface DemoPerson {
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly pin: string;
  readonly role: Role;
  readonly locale: Locale;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: 'Awa Koné', phone: '+2250707070707', pin: '4826', role: 'member', locale: 'fr' },
  { name: 'Koffi Yao', phone: '+2250505050505', pin: '7391', role: 'member', locale: 'fr' },
  { name: 'Fatou Diop', phone: '+221771234567', pin: '6138', role: 'member', locale: 'fr' },
  { name: 'Rachidi Adjovi', phone: '+2290197979797', pin: '2947', role: 'member', locale: 'fr' },
  { name: 'Essi Mensah', phone: '+22890909090', pin: '5074', role: 'member', locale: 'fr' },
  { name: 'Moussa Traoré', phone: '+22376767676', pin: '8352', role: 'member', locale: 'fr' },
  { name: 'Yao Kouassi', phone: '+2250709112233', pin: '2846', role: 'member', locale: 'fr' },
  { name: 'Mariam Touré', phone: '+2250544332211', pin: '6294', role: 'member', locale: 'fr' },
  { name: 'Aminata Diallo', phone: '+2250102030405', pin: '8517', role: 'member', locale: 'fr' },
  { name: 'Ibrahim Coulibaly', phone: '+2250748159263', pin: '3172', role: 'member', locale: 'fr' },
  { name: 'Adjoua N’Guessan', phone: '+2250566778899', pin: '9451', role: 'member', locale: 'fr' },
  { name: 'Sékou Bamba', phone: '+2250151627384', pin: '5736', role: 'member', locale: 'fr' },
  { name: 'Rokia Diarra', phone: '+2250787654321', pin: '1638', role: 'member', locale: 'fr' },
  { name: 'Jean Konan', phone: '+2250595959595', pin: '7284', role: 'member', locale: 'fr' },
  { name: 'Grace Ngando', phone: '+237677777777', pin: '9164', role: 'member', locale: 'en' },
  { name: 'Opératrice', phone: '+2250101010101', pin: '318264', role: 'operator', locale: 'fr' },
  { name: 'Administrateur', phone: '+2250708080808', pin: '759413', role: 'admin', locale: 'fr' },
];

/** Adds whoever is missing; returns everybody, with what it takes to log in as them. */
export async function seedDemoPeople(
  tx: Tx,
  ground: Ground,
  pepper: Uint8Array,
): Promise<readonly DemoPerson[]> {
  const hasher = argonHasher(pepper);
  for (const demo of DEMO_PEOPLE) {
    const phone = parsePhone(demo.phone);
    invariant(phone.ok, `the demo number of ${demo.name} is not valid`);
    const at = ground.clock.now();
    if ((await findPersonByPhone(tx, demo.phone)) !== undefined) continue;
    const id = ground.ids.next('per');
    const inserted = await insertPerson(tx, {
      id,
      phone: demo.phone,
      country: phone.value.country,
      locale: demo.locale,
      displayName: demo.name,
      identification: 'verified',
      createdAt: at,
    });
    if (!inserted) continue;
    const hash = await hashPin(hasher, ground.chance, { pin: demo.pin, personId: id });
    await markPin(tx, { personId: id, before: undefined, hash, at });
    if (demo.role === 'member') continue;
    await insertRoleGrant(tx, { id: ground.ids.uuid(), personId: id, role: demo.role, grantedAt: at });
  }
  return DEMO_PEOPLE;
}
