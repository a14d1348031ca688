import { expect, test } from 'vitest';
import { readTrialBalance } from '../ground/ledger/trial-balance.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { DEMO_PEOPLE, seedDemoPeople } from '../people/demo-people.ts';
import { findPersonByPhone } from '../people/person.rows.ts';
import { seedDemoGroup } from './demo-group.ts';
import { listMyGroups } from './groups/list-my-groups.ts';
import { decidedTurns } from './groups/read-books.ts';
import { readGroup } from './groups/read-group.ts';
import { granted, night } from './testing/sample-group.ts';

const PEPPER = new Uint8Array(32).fill(7);

test.each(['2026-03-07T17:59:00.000Z', '2026-03-07T18:00:00.000Z'])(
  'a trial that starts on %s finds Les Étoiles in its fourth round, once',
  async (instant) => {
    const { db } = await freshDatabase();
    const ground = testGround();
    ground.clock.set(new Date(instant));
    await inTransaction(db, async (tx) => await seedDemoPeople(tx, ground, PEPPER));
    expect(await Promise.all([seedDemoGroup(db, ground), seedDemoGroup(db, ground)])).toContain(false);
    expect(await seedDemoGroup(db, ground)).toBe(false);
    const person = await findPersonByPhone(db, DEMO_PEOPLE[0]?.phone ?? '');
    const own = { id: person?.id ?? '', phone: person?.phone ?? '' };
    const { groups } = await listMyGroups(db, ground, own);
    expect(groups).toMatchObject([
      { name: 'Les Étoiles', members: 12, round: 4, rounds: 12, paid: 7, payers: 12 },
    ]);
    await night(db, ground);
    const view = granted(
      await readGroup(db, ground, { groupId: groups[0]?.groupId ?? '', personId: own.id }),
    );
    const { books } = view;
    const pots = decidedTurns(books).map(({ share }) =>
      books.payouts.find((pot) => pot.shareId === share.id),
    );
    expect(pots.slice(0, 4).map((pot) => pot?.state)).toEqual([
      'acknowledged',
      'acknowledged',
      'acknowledged',
      undefined,
    ]);
    const guarantee = view.funds.funds.find((one) => one.fund === 'guarantee');
    expect(guarantee).toEqual({ fund: 'guarantee', wallet: 0n, cash: 275_000n });
    const boxes = view.funds.boxes.reduce((sum, box) => sum + box.amount, 0n);
    const notes = view.funds.funds.reduce((sum, one) => sum + one.cash, 0n);
    expect(boxes).toBe(notes);
    expect((await readTrialBalance(db)).balanced).toBe(true);
  },
);
