/**
 * Counts demo people in a database: their PINs stand in the source, and one of them is an administrator.
 *
 * A database that was tried out and then opened to the public has them in it. Their numbers may be somebody's real ones,
 * so a person counts only under the demo's name.
 */
import type { Reader } from '../ground/postgres/database.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import { findPersonByPhone } from './person.rows.ts';

export async function countDemoPeople(reader: Reader): Promise<number> {
  let found = 0;
  for (const { phone, name } of DEMO_PEOPLE) {
    const person = await findPersonByPhone(reader, phone);
    if (person?.displayName === name) found += 1;
  }
  return found;
}
