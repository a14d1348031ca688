/**
 * Gives a trial installation a tontine to look at: « Les Étoiles », twelve members, in its fourth round.
 *
 * It is made by the production acts under a clock that walks through the past three months, in one transaction, so
 * that two processes that start at once make it once and a process that dies makes none. All its money is in notes:
 * money in wallets would need a float that no provider holds. One member is late, so that fines, an advance of the
 * guarantee fund and requests can be seen. It may run at every start: a group that is there is left alone.
 */
import { type HandClock, HOUR_MS, handClock } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import { makeIds } from '../ground/identifiers.ts';
import type { Db, Tx } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { lockName } from '../ground/postgres/lock-name.ts';
import { type Answer, invariant } from '../ground/refusal.ts';
import { DEMO_PEOPLE } from '../people/demo-people.ts';
import { findPersonByPhone } from '../people/person.rows.ts';
import type { Person } from '../people/person.ts';
import { listOpenRequests } from './approvals/approval-request.rows.ts';
import { giveVoice } from './approvals/give-voice.ts';
import { addDays, type CalendarDay, dayAt, dayOf, instantAt, partsOf } from './cycles/calendar-day.ts';
import { fixOrder } from './cycles/fix-order.ts';
import { formCycle } from './cycles/form-cycle.ts';
import { listShares } from './cycles/share.rows.ts';
import { startCycle } from './cycles/start-cycle.ts';
import { foundGroup } from './groups/found-group.ts';
import { listStandings } from './groups/my-groups.rows.ts';
import { type Rules, USUAL_RULES } from './groups/rules.ts';
import { answerInvitation } from './members/answer-invitation.ts';
import { grantOffice } from './members/grant-office.ts';
import { inviteNumber } from './members/invite-number.ts';
import { findPlaceOf, listMembers } from './members/membership.rows.ts';
import type { Office } from './members/membership-role.rows.ts';
import { listOpenHandouts } from './rounds/cash-box.rows.ts';
import { closeRound } from './rounds/close-rounds-once.ts';
import { confirmCash } from './rounds/confirm-cash.ts';
import { confirmHandover } from './rounds/confirm-handover.ts';
import { declareCash } from './rounds/declare-cash.ts';
import { handOverCash } from './rounds/hand-over-cash.ts';
import { openRound } from './rounds/open-rounds-once.ts';
import { listRounds } from './rounds/round.rows.ts';

/** In the order in which they are served; the first founds the group. */
const MEMBERS = [
  'Awa',
  'Yao',
  'Mariam',
  'Fatou',
  'Moussa',
  'Koffi',
  'Aminata',
  'Ibrahim',
  'Adjoua',
  'Sékou',
  'Rokia',
  'Jean',
] as const;
type Name = (typeof MEMBERS)[number];

const OFFICES: readonly (readonly [Name, Office])[] = [
  ['Yao', 'vice-president'],
  ['Mariam', 'treasurer'],
  ['Moussa', 'secretary'],
  ['Koffi', 'censor'],
  ['Jean', 'auditor'],
];

const RULES: Rules = {
  ...USUAL_RULES,
  solidarity: {
    contribution: 1_000n,
    events: [
      { kind: 'birth', amount: 15_000n, afterMonths: 6 },
      { kind: 'wedding', amount: 20_000n, afterMonths: 6 },
      { kind: 'death-of-relative', amount: 60_000n, afterMonths: 3 },
    ],
  },
  guaranteePerShare: 25_000n,
  shortfall: 'guarantee',
};

const ZONE = 'Africa/Abidjan';
const KEEPER: Name = 'Mariam';
/** Has not paid round 3, nor round 4 so far. */
const LATE: Name = 'Ibrahim';
/** Round 4 so far. */
const PAID_ALREADY: readonly Name[] = ['Awa', 'Mariam', 'Fatou', 'Aminata', 'Adjoua', 'Rokia', 'Jean'];

/** True when it was made now. */
export async function seedDemoGroup(db: Db, ground: Ground): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    await lockName(tx, 'demo group');
    const people = await findPeople(tx);
    const awa = people?.get('Awa');
    if (people === undefined || awa === undefined) return false;
    if ((await listStandings(tx, awa.id, ground.clock.now())).length > 0) return false;
    const first = firstRound(ground.clock.now());
    const clock = handClock(instantAt(addDays(first, -9), '10:00', ZONE));
    const past: Ground = { ...ground, clock, ids: makeIds(clock, ground.chance) };
    const demo = new Demo(tx, past, clock, people);
    await demo.found();
    await demo.start(first);
    for (let round = 1; round <= 3; round++) await demo.playRound(round);
    clock.set(ground.clock.now());
    await demo.payPart();
    return true;
  });
}

async function findPeople(tx: Tx): Promise<Map<Name, Person> | undefined> {
  const people = new Map<Name, Person>();
  for (const name of MEMBERS) {
    const demo = DEMO_PEOPLE.find((one) => one.name.startsWith(`${name} `));
    const person = demo && (await findPersonByPhone(tx, demo.phone));
    if (person === undefined) return undefined;
    people.set(name, person);
  }
  return people;
}

/** Monthly on the 5th, so that the grace of the third round is over and the fourth collects. */
function firstRound(now: Date): CalendarDay {
  const { year, month } = partsOf(dayAt(now, ZONE));
  const isOver = instantAt(dayOf(year, month, 7), RULES.deadline, ZONE) <= now;
  return dayOf(year, month - (isOver ? 2 : 3), 5);
}

class Demo {
  private readonly tx: Tx;
  private readonly ground: Ground;
  private readonly clock: HandClock;
  private readonly people: ReadonlyMap<Name, Person>;
  private readonly groupId: string;
  private readonly cycleId: string;

  constructor(tx: Tx, ground: Ground, clock: HandClock, people: ReadonlyMap<Name, Person>) {
    this.tx = tx;
    this.ground = ground;
    this.clock = clock;
    this.people = people;
    this.groupId = ground.ids.next('grp');
    this.cycleId = ground.ids.next('cyc');
  }

  async found(): Promise<void> {
    const { tx, ground, groupId } = this;
    const founding = {
      founder: this.person('Awa'),
      groupId,
      name: 'Les Étoiles',
      timeZone: ZONE,
    };
    yes(await foundGroup(tx, ground, { ...founding, rules: RULES }));
    for (const name of MEMBERS.slice(1)) {
      const person = this.person(name);
      const invited = { ...this.as('Awa'), phone: person.phone, name: person.displayName };
      const membershipId = yes(await inviteNumber(tx, ground, invited));
      yes(await answerInvitation(tx, ground, { person, membershipId, answer: 'yes' }));
    }
    for (const [name, office] of OFFICES) {
      const membershipId = await this.membership(name);
      yes(await grantOffice(tx, ground, { ...this.as('Awa'), membershipId, office, to: 'hold' }));
    }
  }

  async start(startsOn: CalendarDay): Promise<void> {
    const { tx, ground, cycleId } = this;
    const own = { ...this.as('Awa'), cycleId };
    yes(await formCycle(tx, ground, { ...own, startsOn }));
    const members = await listMembers(tx, this.groupId);
    const shares = await listShares(tx, cycleId);
    const shareIds = members.flatMap((member) =>
      shares.filter((share) => share.membershipId === member.id).map((share) => share.id),
    );
    yes(await fixOrder(tx, ground, { ...own, shareIds }));
    yes(await startCycle(tx, ground, own));
  }

  async playRound(number: number): Promise<void> {
    const { tx, ground, clock } = this;
    const round = await this.round(number);
    clock.set(new Date(round.dueAt.getTime() - 6 * HOUR_MS));
    for (const name of MEMBERS) {
      if (number === 3 && name === LATE) continue;
      await this.payInNotes(name, number === 1 ? 51_000n : 26_000n);
    }
    clock.set(round.closesAt);
    // The next one opened at this one's deadline; its job was a little late.
    const next = await this.round(number + 1);
    if (next.state === 'scheduled') await openRound(tx, ground, next);
    await closeRound(tx, ground, await this.round(number));
    for (const name of ['Awa', 'Yao', 'Moussa'] as const) await this.sayYes(name);
    await this.handOver(number);
  }

  /** What is there of the round that collects. */
  async payPart(): Promise<void> {
    for (const name of PAID_ALREADY) await this.payInNotes(name, 26_000n);
    await this.payInNotes('Koffi', 15_000n);
  }

  private async payInNotes(name: Name, amount: bigint): Promise<void> {
    const { tx, ground } = this;
    // The treasurer's own notes are kept by the president.
    const keeper = name === KEEPER ? 'Awa' : KEEPER;
    const contributionId = ground.ids.next('ctr');
    const membershipId = await this.membership(name);
    yes(await declareCash(tx, ground, { ...this.as(keeper), contributionId, membershipId, amount }));
    yes(await confirmCash(tx, ground, { ...this.as(name), contributionId }));
  }

  private async sayYes(name: Name): Promise<void> {
    for (const request of await listOpenRequests(this.tx, this.groupId)) {
      const answer = await giveVoice(this.tx, this.ground, {
        ...this.as(name),
        requestId: request.id,
        voice: 'yes',
      });
      invariant(
        answer.ok || answer.refusal.code === 'approval-voice-excluded',
        'the demo’s officers disagree',
      );
    }
  }

  private async handOver(number: number): Promise<void> {
    const { tx, ground } = this;
    const receiver = MEMBERS[number - 1] ?? 'Awa';
    const witness = receiver === KEEPER ? 'Awa' : receiver;
    for (const { id: handoutId } of await listOpenHandouts(tx, this.groupId)) {
      const answer = await handOverCash(tx, ground, { ...this.as(KEEPER), handoutId });
      invariant(answer.ok, 'the demo’s treasurer has not enough notes');
      yes(await confirmHandover(tx, ground, { ...this.as(witness), handoutId }));
    }
  }

  private async round(number: number) {
    const round = (await listRounds(this.tx, this.cycleId)).find((one) => one.number === number);
    invariant(round !== undefined, `the demo has no round ${number}`);
    return round;
  }

  private async membership(name: Name): Promise<string> {
    const place = await findPlaceOf(this.tx, this.as(name));
    invariant(place !== undefined, `${name} is not in the demo`);
    return place.id;
  }

  private person(name: Name): Person {
    const person = this.people.get(name);
    invariant(person !== undefined, `${name} does not exist`);
    return person;
  }

  private as(name: Name): { readonly groupId: string; readonly personId: string } {
    return { groupId: this.groupId, personId: this.person(name).id };
  }
}

function yes<T>(answer: Answer<T>): T {
  invariant(answer.ok, answer.ok ? '' : `the demo was refused: ${answer.refusal.code}`);
  return answer.value;
}
