/**
 * Settles the people of a load: groups of twelve, every member with a phone and a PIN.
 *
 * The first group is founded, joined and started by the product's own acts; the others are its copies, row by row
 * (`copy-group.ts`).
 */
import { sql } from 'kysely';
import { handClock } from '../../src/ground/clock.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { invariant } from '../../src/ground/refusal.ts';
import { rememberingQueue } from '../../src/ground/testing/fresh-database.ts';
import { argonHasher } from '../../src/people/pin-hash.ts';
import { setPin } from '../../src/people/set-pin.ts';
import { USUAL_RULES } from '../../src/tontine/groups/rules.ts';
import { buildGroup } from '../../src/tontine/testing/sample-group.ts';
import { PIN, type PinWeight, pinMaker } from './choose-pins.ts';
import {
  type CopiedPerson,
  drawIds,
  type GroupCopy,
  type GroupRows,
  insertGroupCopies,
  readGroupRows,
} from './copy-group.ts';
import type { LoadWorld } from './load-world.ts';

/** What a member owes for one round. */
export const DUE = 5_000n;
const RULES = {
  ...USUAL_RULES,
  contribution: DUE,
  solidarity: { contribution: 0n, events: [] },
  guaranteePerShare: 0n,
};
const GROUPS_AT_ONCE = 50;
const SAY_EVERY = 500;

export interface Payer {
  readonly place: number;
  readonly personId: string;
  readonly phone: string;
  readonly groupId: string;
}

export interface Settling {
  readonly groups: number;
  readonly members: number;
  readonly pins: PinWeight;
}

/** What settling needs of the world; the processes that serve it may come later, or never. */
type Stage = Pick<LoadWorld, 'open' | 'ground' | 'pinKey'>;

export async function settlePeople(
  world: Stage,
  size: Settling,
  say: (text: string) => void,
): Promise<Payer[]> {
  const payers = await foundFirst(world, size.members);
  const [first] = payers;
  invariant(first !== undefined, 'the first group has nobody');
  const personIds = payers.map(({ personId }) => personId);
  const rows = await readGroupRows(world.open.db, first.groupId, personIds);
  const makePin = pinMaker(world.pinKey, world.ground.chance, size.pins);
  for (let from = 1; from < size.groups; from += GROUPS_AT_ONCE) {
    const numbers = Array.from(
      { length: Math.min(GROUPS_AT_ONCE, size.groups - from) },
      (_, place) => from + place,
    );
    const copies = await Promise.all(
      numbers.map(async (group) => await drawCopy(world, rows, group, makePin)),
    );
    await inTransaction(world.open.db, async (tx) => await insertGroupCopies(tx, rows, copies));
    for (const { ids, people } of copies) {
      const groupId = ids.get(rows.groupId) ?? '';
      for (const { personId, phone } of people.values()) {
        payers.push({ place: payers.length, personId, phone, groupId });
      }
    }
    if ((from - 1) % SAY_EVERY === 0 && from > 1) say(`${from} groups have settled`);
  }
  // Plans made on tables that were empty a moment ago would be those of the whole evening.
  await sql`analyze`.execute(world.open.db);
  return payers;
}

/** By the acts of the product, in the order in which people do them. */
async function foundFirst({ open, ground, pinKey }: Stage, members: number): Promise<Payer[]> {
  const clock = handClock(ground.clock.now());
  const names = Array.from({ length: members }, (_, place) => `Membre ${place + 1}`);
  const built = await buildGroup(
    open.db,
    { ...ground, clock, queue: rememberingQueue() },
    { names, rules: RULES, startsOn: clock.now().toISOString().slice(0, 10), groupName: 'Groupe 1' },
    firstNumberOf(0, members),
  );
  const hasher = argonHasher(pinKey);
  const payers: Payer[] = [];
  for (const [place, name] of names.entries()) {
    const { person } = built.of(name);
    invariant(person !== undefined, `${name} has no phone`);
    const set = await setPin(open.db, ground, { personId: person.id, pin: PIN, hasher });
    invariant(set.ok, 'a PIN was refused');
    payers.push({ place, personId: person.id, phone: person.phone, groupId: built.groupId });
  }
  return payers;
}

async function drawCopy(
  { ground }: Pick<Stage, 'ground'>,
  rows: GroupRows,
  group: number,
  makePin: (personId: string) => Promise<string>,
): Promise<GroupCopy> {
  const ids = drawIds(ground.ids, rows);
  const first = firstNumberOf(group, rows.personIds.length);
  const people = await Promise.all(
    rows.personIds.map(async (id, place): Promise<readonly [string, CopiedPerson]> => {
      const personId = ids.get(id) ?? '';
      return [id, { personId, phone: phoneOf(first + place), pinHash: await makePin(personId) }];
    }),
  );
  return { name: `Groupe ${group + 1}`, ids, people: new Map(people) };
}

/** As those of `buildGroup`, of which the first group is made. */
function phoneOf(place: number): string {
  return `+22507${String(10_000_000 + place).padStart(8, '0')}`;
}

/** Of ten thousand numbers those from 2000 on are used: below are the endings with which the provider plays tricks on withdrawals. */
export function firstNumberOf(group: number, members: number): number {
  const groupsInTenThousand = Math.floor((10_000 - FIRST_PLAIN) / members);
  const block = Math.floor(group / groupsInTenThousand);
  return block * 10_000 + FIRST_PLAIN + (group % groupsInTenThousand) * members;
}

const FIRST_PLAIN = 2_000;
