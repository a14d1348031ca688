/**
 * Sets the stage for tests of the console's acts: a database and one operator for each role, two for finance.
 */
import type { HandClock } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { freshDatabase, type RememberingQueue, testGround } from '../../ground/testing/fresh-database.ts';
import { insertPerson } from '../../people/person.rows.ts';
import type { GrantedRole, Role } from '../../people/role.ts';
import { insertRoleGrant } from '../../people/role-grant.rows.ts';
import type { Operator } from '../operator.ts';

export interface Office {
  readonly db: Db;
  readonly ground: Ground & { clock: HandClock; queue: RememberingQueue };
  readonly support: Operator;
  readonly first: Operator;
  readonly second: Operator;
  readonly admin: Operator;
}

/** On a database of its own unless one is given. */
export async function openOffice(given?: {
  readonly db: Db;
  readonly ground: Office['ground'];
}): Promise<Office> {
  const { db, ground } = given ?? { db: (await freshDatabase()).db, ground: testGround() };
  const hire = async (role: GrantedRole, phone: string): Promise<Operator> => {
    const personId = ground.ids.next('per');
    const at = ground.clock.now();
    await inTransaction(db, async (tx) => {
      await insertPerson(tx, { id: personId, phone, country: 'CI', locale: 'fr', createdAt: at });
      await insertRoleGrant(tx, { id: ground.ids.uuid(), personId, role, grantedAt: at });
    });
    return operatorAs(personId, ['member', role]);
  };
  return {
    db,
    ground,
    support: await hire('operator', '+2250101010101'),
    first: await hire('finance', '+2250101020202'),
    second: await hire('finance', '+2250101030303'),
    admin: await hire('admin', '+2250708080808'),
  };
}

export function operatorAs(personId: string, roles: readonly Role[]): Operator {
  return { personId, roles, ip: '192.0.2.7', device: 'Firefox · Linux' };
}
