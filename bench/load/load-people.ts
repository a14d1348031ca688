/**
 * Settles the people of a load: groups of twelve that were founded, joined and started by the product's own acts, every
 * member with a phone and a PIN.
 */
import { handClock } from '../../src/ground/clock.ts';
import { invariant } from '../../src/ground/refusal.ts';
import { rememberingQueue } from '../../src/ground/testing/fresh-database.ts';
import { argonHasher } from '../../src/people/pin-hash.ts';
import { setPin } from '../../src/people/set-pin.ts';
import { USUAL_RULES } from '../../src/tontine/groups/rules.ts';
import { buildGroup } from '../../src/tontine/testing/sample-group.ts';
import type { LoadWorld } from './load-world.ts';

/** What a member owes for one round. */
export const DUE = 5_000n;
export const PIN = '7391';
const RULES = {
  ...USUAL_RULES,
  contribution: DUE,
  solidarity: { contribution: 0n, events: [] },
  guaranteePerShare: 0n,
};
const PINS_AT_ONCE = 4;

export interface Payer {
  readonly place: number;
  readonly personId: string;
  readonly phone: string;
  readonly groupId: string;
}

export async function settlePeople(
  world: LoadWorld,
  size: { readonly groups: number; readonly members: number },
  say: (text: string) => void,
): Promise<Payer[]> {
  const { open, ground } = world;
  const payers: Payer[] = [];
  for (let group = 0; group < size.groups; group++) {
    const clock = handClock(ground.clock.now());
    const names = Array.from({ length: size.members }, (_, place) => `Membre ${place + 1}`);
    const built = await buildGroup(
      open.db,
      { ...ground, clock, queue: rememberingQueue() },
      {
        names,
        rules: RULES,
        startsOn: clock.now().toISOString().slice(0, 10),
        groupName: `Groupe ${group + 1}`,
      },
      firstNumberOf(group, size.members),
    );
    for (const name of names) {
      const { person } = built.of(name);
      invariant(person !== undefined, `${name} has no phone`);
      payers.push({
        place: payers.length,
        personId: person.id,
        phone: person.phone,
        groupId: built.groupId,
      });
    }
    if ((group + 1) % 25 === 0) say(`${group + 1} groups have settled`);
  }
  await choosePins(world, payers);
  return payers;
}

/** Of ten thousand numbers those from 2000 on are used: below are the endings with which the provider plays tricks on withdrawals. */
export function firstNumberOf(group: number, members: number): number {
  const groupsInTenThousand = Math.floor((10_000 - FIRST_PLAIN) / members);
  const block = Math.floor(group / groupsInTenThousand);
  return block * 10_000 + FIRST_PLAIN + (group % groupsInTenThousand) * members;
}

const FIRST_PLAIN = 2_000;

async function choosePins({ open, ground, pinKey }: LoadWorld, payers: readonly Payer[]): Promise<void> {
  const hasher = argonHasher(pinKey);
  const waiting = [...payers];
  const choose = async (): Promise<void> => {
    for (let payer = waiting.shift(); payer !== undefined; payer = waiting.shift()) {
      const set = await setPin(open.db, ground, { personId: payer.personId, pin: PIN, hasher });
      invariant(set.ok, 'a PIN was refused');
    }
  };
  await Promise.all(Array.from({ length: PINS_AT_ONCE }, choose));
}
