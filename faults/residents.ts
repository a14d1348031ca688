/**
 * Is the people of a universe: each with a number, a PIN, a phone that they sign in from, and a wallet.
 *
 * They are made by the production acts; only the PIN's computation is a cheap one, because thousands of universes
 * prove nothing about argon2.
 */
import { createHash } from 'node:crypto';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { invariant } from '../src/ground/refusal.ts';
import type { Country } from '../src/people/country.ts';
import { findPerson, insertPerson } from '../src/people/person.rows.ts';
import type { Person } from '../src/people/person.ts';
import type { PinHasher } from '../src/people/pin-hash.ts';
import { recordDevice } from '../src/people/record-device.ts';
import { setPin } from '../src/people/set-pin.ts';
import type { World } from './world.ts';

export interface Resident {
  readonly name: string;
  readonly person: Person;
  readonly deviceToken: string;
}

export const PIN = '4826';

/** Not slow: see above. */
export const quickHasher: PinHasher = async ({ pin, salt, personId }) =>
  createHash('sha256').update(`${pin} ${personId} `).update(salt).digest();

const PEOPLE: readonly { name: string; phone: string; country: Country }[] = [
  { name: 'Awa', phone: '+2250707070707', country: 'CI' },
  { name: 'Koffi', phone: '+2250505050505', country: 'CI' },
  { name: 'Ngo', phone: '+237650010203', country: 'CM' },
];

export async function settleResidents(world: World): Promise<void> {
  const { db, ground } = world;
  for (const { name, phone, country } of PEOPLE) {
    const id = ground.ids.next('per');
    const createdAt = ground.clock.now();
    const device = await inTransaction(db, async (tx) => {
      await insertPerson(tx, { id, phone, country, locale: 'fr', identification: 'verified', createdAt });
      return await recordDevice(tx, ground, { personId: id });
    });
    const set = await setPin(db, ground, { personId: id, pin: PIN, hasher: quickHasher });
    const person = await findPerson(db, id);
    invariant(set.ok && person !== undefined, `${name} could not settle`);
    world.residents.push({ name, person, deviceToken: device.token });
  }
}
