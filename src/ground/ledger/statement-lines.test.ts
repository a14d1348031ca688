import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import { seededChance } from '../chance.ts';
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { MIGRATIONS_FOLDER, migrate } from '../postgres/migrate.ts';
import { openScratch } from '../postgres/scratch-database.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { type AccountId, accountKind, CHART } from './account.ts';
import { listStatement } from './statement.ts';
import { AWA, FLOAT, KOFI, openAll, POT, post, transfer } from './testing/ledger-fixture.ts';
import { postAsBefore } from './testing/post-as-before.rows.ts';
import type { Transfer } from './transfer.ts';
import { readTrialBalance } from './trial-balance.ts';

const ACCOUNTS = [FLOAT, AWA, KOFI, POT];
const BEFORE_LINES_LED = '0024-payments-in-place.sql';

/** One transfer, or a hold that is posted or let go: between accounts drawn by chance, several in a batch, some refused. */
async function live(
  db: Db,
  ground: Ground,
  seed: string,
  batches: number,
  send: (...transfers: readonly Transfer[]) => Promise<unknown> = async (...transfers) =>
    await post(db, ground, ...transfers),
): Promise<void> {
  const chance = seededChance(seed);
  await send(...ACCOUNTS.slice(1).map((credit) => transfer(ground.ids.uuid(), { credit })));
  for (let batch = 0; batch < batches; batch++) {
    const drawn: Transfer[] = [];
    for (let place = chance.below(4); place >= 0; place--) {
      const debit = ACCOUNTS[chance.below(4)] ?? FLOAT;
      const credit = ACCOUNTS[chance.below(4)] ?? AWA;
      const amount = BigInt(1 + chance.below(40));
      const kind = chance.below(3) === 0 ? ('pending' as const) : ('single' as const);
      const id = ground.ids.uuid();
      const linked = place > 0 && chance.below(5) === 0;
      drawn.push(transfer(id, { debit, credit, amount, kind, linked }));
      if (kind === 'single' || linked) continue;
      const end = chance.below(2) === 0 ? ('post' as const) : ('void' as const);
      drawn.push(
        transfer(ground.ids.uuid(), { debit, credit, amount, kind: end, pendingId: id, linked: false }),
      );
    }
    await send(...drawn);
  }
}

/** Every seq on an account that moved something, newest first, read from the whole journal. */
async function seqsOf(db: Db, account: AccountId): Promise<bigint[]> {
  const found = await sql<{ seq: bigint }>`select t.seq from transfers t join accounts a on a.id = ${account}
    where a.key in (t.debit, t.credit) and t.kind in ('single', 'post') order by t.seq desc`.execute(db);
  return found.rows.map(({ seq }) => seq);
}

/** Reads an account page by page, and from beside every place, and compares each line with the journal. */
async function expectWholeStatements(db: Db): Promise<void> {
  for (const account of ACCOUNTS) {
    const seqs = await seqsOf(db, account);
    const whole = await listStatement(db, account, { limit: 10_000 });
    expect(seqs.length).toBeGreaterThan(10);
    expect(whole.map(({ seq }) => seq)).toEqual(seqs);
    for (const [place, line] of whole.entries()) {
      expect(line.balance - line.amount).toBe(whole[place + 1]?.balance ?? 0n);
      expect(CHART[accountKind(line.counterpart)]).toBeDefined();
    }
    for (let before = 0n; before <= (seqs[0] ?? 0n) + 2n; before += 3n) {
      const page = await listStatement(db, account, { before, limit: 5 });
      expect(page).toEqual(whole.filter(({ seq }) => seq < before).slice(0, 5));
    }
  }
  expect(await readTrialBalance(db)).toMatchObject({ balanced: true, differences: [] });
}

/** The indexes from which a statement can begin. */
async function entrances(db: Db): Promise<string[]> {
  const found = await sql<{ name: string }>`select relname::text as name from pg_class
    where relname ~ '^transfers_(by_debit|by_credit|debit_milestones|credit_milestones)$' order by 1`.execute(
    db,
  );
  return found.rows.map(({ name }) => name);
}

async function openSchema(last: string): Promise<Db> {
  const scratch = await openScratch(inject('postgresUrl'), `lines_${process.pid}`);
  onTestFinished(async () => await scratch.close());
  await migrate(scratch.db, testGround().clock, MIGRATIONS_FOLDER, last);
  return scratch.db;
}

test.each(['postgres', 'pglite'] as const)('lines lead to the one before, on %s', async (engine) => {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  await openAll(db, ground);
  await live(db, ground, engine, 60);
  expect(await entrances(db)).toEqual(['transfers_credit_milestones', 'transfers_debit_milestones']);
  await expectWholeStatements(db);
});

test('a journal from before is read on, with the indexes that it keeps', async () => {
  const db = await openSchema(BEFORE_LINES_LED);
  const ground = testGround();
  await openAll(db, ground);
  await live(
    db,
    ground,
    'before',
    30,
    async (...transfers) => await postAsBefore(db, ground.clock.now(), ...transfers),
  );
  await migrate(db, ground.clock);
  expect(await entrances(db)).toEqual(['transfers_by_credit', 'transfers_by_debit']);
  await expectWholeStatements(db);
  await live(db, ground, 'after', 30);
  await expectWholeStatements(db);
});

test('rows from before, in a database that was made for newer ones', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  await live(db, ground, 'restored', 30);
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update transfers set debit_previous = null, credit_previous = null`.execute(tx);
    await sql`update accounts set latest_line = null`.execute(tx);
  });
  await expectWholeStatements(db);
  await live(db, ground, 'since', 30);
  await expectWholeStatements(db);
});

test.each([
  ['a line that leads past another', 'debit_previous = (select id from transfers where seq = 1)', 'seq = 40'],
  ['a line that leads nowhere', 'credit_previous = gen_random_uuid()', 'seq = 40'],
])('%s is found by the trial balance', async (_, change, where) => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  await post(db, ground, ...Array.from({ length: 50 }, () => transfer(ground.ids.uuid())));
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql.raw(`update transfers set ${change} where ${where}`).execute(tx);
  });
  const { balanced, differences } = await readTrialBalance(db);
  expect({ balanced, amounts: differences.map(({ amount }) => amount) }).toEqual({
    balanced: false,
    amounts: ['lines'],
  });
});

test('a statement whose lines lead nowhere says so instead of ending early', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  await post(db, ground, ...Array.from({ length: 3 }, () => transfer(ground.ids.uuid())));
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update transfers set credit_previous = gen_random_uuid() where seq = 2`.execute(tx);
  });
  expect(await listStatement(db, AWA, { limit: 2 })).toHaveLength(2);
  await expect(listStatement(db, AWA, { limit: 3 })).rejects.toThrow(/which is not there/);
});
