/**
 * Counts what each page asks the database: no more than written here, and no more for thirty rows than for two.
 *
 * A page that asks once for each row is fast on the day it is written and slow in the year after. The table is a
 * ratchet: a figure may fall, and whoever raises one says why.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { after, DAY_MS, MINUTE_MS } from '../src/ground/clock.ts';
import { accountId } from '../src/ground/ledger/account.ts';
import type { Tx } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { testGround } from '../src/ground/testing/fresh-database.ts';
import { insertAlert } from '../src/oversight/alerts/alert.rows.ts';
import { recordAct } from '../src/oversight/audit/record-act.ts';
import { findPersonByPhone, insertPerson } from '../src/people/person.rows.ts';
import type { Person } from '../src/people/person.ts';
import { insertRoleGrant } from '../src/people/role-grant.rows.ts';
import { insertFreeze } from '../src/rails/payments/freeze.rows.ts';
import { insertPayment } from '../src/rails/payments/payment.rows.ts';
import { paymentReference } from '../src/rails/payments/payment.ts';
import { settle } from '../src/rails/payments/settle.ts';
import { samplePayment } from '../src/rails/testing/sample-payment.ts';
import { calendarDay } from '../src/tontine/cycles/calendar-day.ts';
import { foundGroup } from '../src/tontine/groups/found-group.ts';
import { USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { declareCash } from '../src/tontine/rounds/declare-cash.ts';
import { buildGroup, granted, night } from '../src/tontine/testing/sample-group.ts';
import { countQueries, type QueryCounter } from './world/counted-queries.ts';
import { enterAs } from './world/operators.ts';
import { logInBySms } from './world/people.ts';
import type { Visitor } from './world/visitor.ts';
import { openWorld, type World } from './world/world.ts';

const FEW = 2;
const MANY = 30;
const AWA = '+2250707070707';

/** Most statements of one view, the session's own included. */
const ALLOWED: Readonly<Record<string, number>> = {
  '/wallet/': 5,
  '/wallet/history/': 2,
  '/tontines/': 3,
  // Two of them are notes on their way, in groups where somebody keeps a box.
  group: 14,
  grid: 8,
  members: 9,
  journal: 9,
  notes: 11,
  'share-out': 12,
  '/console/payments/': 4,
  '/console/reviews/': 8,
  '/console/alerts/': 7,
  '/console/freezes/': 5,
  '/console/access/': 8,
  '/console/trail/': 5,
};

let world: World;
let counter: QueryCounter;
let awa: Visitor;
let admin: Visitor;
let team = 0;
beforeAll(async () => {
  counter = countQueries();
  // No jobs in this process: what is counted is asked by pages.
  world = await openWorld({ variables: { ROLE: 'web' } });
  awa = world.visitor();
  await logInBySms(awa, AWA);
  admin = await enterAs(world, 'Administrateur');
}, 120_000);
afterAll(async () => {
  counter.close();
  await world.close();
});

it('pages of one person and of the console ask as much for thirty rows as for two', async () => {
  const person = await findPersonByPhone(world.db, AWA);
  if (person === undefined) throw new Error('Awa is not there');
  await addRows(person, FEW);
  const few = await countOf(pagesOfAll());
  await addRows(person, MANY - FEW);
  expect(await countOf(pagesOfAll())).toEqual(few);
  expect(overTheTable(few)).toEqual([]);
}, 120_000);

it('pages of a group ask as much for thirty members as for two', async () => {
  const few = await countOf(await pagesOfGroup(FEW, 0));
  const many = await countOf(await pagesOfGroup(MANY, 100));
  expect(many).toEqual(few);
  expect(overTheTable(few)).toEqual([]);
}, 120_000);

interface CountedPage {
  readonly name: string;
  readonly visitor: Visitor;
  readonly path: string;
}

function pagesOfAll(): CountedPage[] {
  return Object.keys(ALLOWED)
    .filter((name) => name.startsWith('/'))
    .map((name) => ({ name, path: name, visitor: name.startsWith('/console/') ? admin : awa }));
}

async function countOf(pages: readonly CountedPage[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, visitor, path } of pages) {
    // The first view of a process may ask what it then remembers.
    await visitor.send(path);
    const asked = await counter.during(async () => {
      const page = await visitor.send(path);
      expect(page.status, path).toBe(200);
    });
    expect(asked.length, `${path} is counted`).toBeGreaterThan(0);
    counts[name] = asked.length;
  }
  return counts;
}

function overTheTable(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .filter(([name, count]) => count > (ALLOWED[name] ?? 0))
    .map(([name, count]) => `${name} asks ${count} times, ${ALLOWED[name] ?? 0} are allowed`);
}

/** Of each kind: payments that came, that are open and that are reviewed; groups, alarms, stops, acts of the trail. */
async function addRows(person: Person, count: number): Promise<void> {
  const { db } = world;
  const { ground } = world.product;
  for (let place = 0; place < count; place++) {
    for (const paid of ['all', 'more', 'nothing'] as const) await addPayment(person, paid);
    const groupId = ground.ids.next('grp');
    const founding = { founder: person, groupId, name: 'Les Étoiles', timeZone: 'Africa/Abidjan' };
    granted(
      await inTransaction(
        db,
        async (tx) => await foundGroup(tx, ground, { ...founding, rules: USUAL_RULES }),
      ),
    );
    await inTransaction(db, async (tx) => {
      const at = ground.clock.now();
      await joinTheTeam(tx, `+22507${70_000_000 + team++}`);
      const subject = ground.ids.next('per');
      await insertAlert(tx, { id: ground.ids.next('alr'), rule: 'unknown-old', subject, measured: '1', at });
      await insertFreeze(tx, {
        id: ground.ids.next('frz'),
        scope: 'owner',
        subject,
        direction: 'out',
        reason: 'a stop of this story',
        createdBy: person.id,
        createdAt: at,
      });
      const by = { personId: person.id, roles: ['admin'], ip: '10.0.0.1', device: 'story' } as const;
      await recordAct(tx, ground, by, {
        act: 'freeze.placed',
        subjectId: subject,
        reason: 'a stop of this story',
      });
    });
  }
}

/** Somebody who works in the console. */
async function joinTheTeam(tx: Tx, phone: string): Promise<void> {
  const { ground } = world.product;
  const id = ground.ids.next('per');
  const at = ground.clock.now();
  const known = { country: 'CI', locale: 'fr', displayName: 'Soutien', identification: 'verified' } as const;
  await insertPerson(tx, { id, phone, ...known, createdAt: at });
  await insertRoleGrant(tx, {
    id: ground.ids.uuid(),
    personId: id,
    role: 'operator',
    grantedBy: id,
    grantedAt: at,
  });
}

async function addPayment(person: Person, paid: 'all' | 'more' | 'nothing'): Promise<void> {
  const { db } = world;
  const { ground } = world.product;
  const id = ground.ids.next('pay');
  const now = ground.clock.now();
  const payment = samplePayment({
    id,
    reference: paymentReference(id, 'in'),
    ownerId: person.id,
    accountId: accountId('member', person.id, 'XOF'),
    provider: 'getmipay',
    providerReference: undefined,
    createdAt: now,
    expiresAt: after(now, 15 * MINUTE_MS),
    nextActionAt: after(now, DAY_MS),
  });
  await inTransaction(db, async (tx) => {
    await insertPayment(tx, payment);
    if (paid === 'nothing') return;
    const amount = payment.amount + (paid === 'more' ? 500n : 0n);
    const references = { reference: id };
    const answer = { found: 'yes', status: 'succeeded', word: 'success', references } as const;
    await settle(tx, ground, {
      paymentId: id,
      answer: { ...answer, paid: { amount, currency: payment.currency } },
      source: 'enquiry',
    });
  });
}

/** A group of that many members, its first round open and partly paid, seen by its president. */
async function pagesOfGroup(members: number, firstNumber: number): Promise<CountedPage[]> {
  const { db } = world;
  const ground = testGround(`group of ${members}`);
  ground.clock.set(world.product.ground.clock.now());
  const names = Array.from({ length: members }, (_, place) => `Membre ${place + 1}`);
  const startsOn = calendarDay(after(ground.clock.now(), DAY_MS).toISOString().slice(0, 10));
  const withoutPhone = names.slice(2);
  const group = await buildGroup(
    db,
    ground,
    { names, withoutPhone, rules: USUAL_RULES, startsOn },
    firstNumber,
  );
  ground.clock.advance(2 * DAY_MS);
  await night(db, ground);
  const [president = '', other = ''] = names;
  for (const name of [president, other]) {
    await group.give(name, 300_000n);
    granted(await group.pay(name, 10_000n));
  }
  // Somebody keeps a box.
  const declared = { ...group.who(president), contributionId: ground.ids.next('ctr'), amount: 5_000n };
  const { membershipId } = group.of(other);
  await group.must(async (tx) => await declareCash(tx, ground, { ...declared, membershipId }));
  const visitor = world.visitor();
  await logInBySms(visitor, group.of(president).person?.phone ?? '');
  const root = `/tontines/${group.groupId}/`;
  return [
    { name: 'group', path: root },
    ...['grid', 'members', 'journal', 'notes', 'share-out'].map((name) => ({
      name,
      path: `${root}${name}/`,
    })),
  ].map((page) => ({ ...page, visitor }));
}
