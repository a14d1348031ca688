/**
 * Takes over a database that was closed long ago, by a version that did not seal frozen and invited numbers, nor the bytes
 * of callbacks: they stay plain for it until they are closed too, are sealed by the same walk, and are read all the time.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { trueChance } from '../../ground/chance.ts';
import { after, DAY_MS } from '../../ground/clock.ts';
import { type Db, openPostgres } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { closeSealing } from '../../ground/seal/close-sealing.ts';
import { hashRowsOnce } from '../../ground/seal/hash-rows-once.ts';
import { resealAll } from '../../ground/seal/reseal-all.ts';
import { openVault } from '../../ground/seal/vault.ts';
import { VaultPlugin } from '../../ground/seal/vault-of.ts';
import { clonePostgres, TEST_SEAL_KEY, testGround } from '../../ground/testing/fresh-database.ts';
import { placesOf } from '../../ground/testing/places-of.ts';
import { listOpenInvitations } from '../../people/operator-invitation.rows.ts';
import { insertCallbacks } from '../../rails/inbox/arriving-callback.rows.ts';
import { lockCallback } from '../../rails/inbox/provider-callback.rows.ts';
import {
  findFreeze,
  insertFreeze,
  listOpenFreezes,
  markFreezeLifted,
} from '../../rails/payments/freeze.rows.ts';
import { openOffice } from '../testing/office.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

const NEXT_KEY = 'the-next-key-of-this-test-with-40-letters';
const FROZEN_BEFORE = '+2250701990001';
const FROZEN_MEANWHILE = '+2250701990002';
const INVITED = '+2250701990003';
const TOLD_BEFORE = '+2250701990004';
const TOLD_MEANWHILE = '+2250701990005';
const NUMBERS = [FROZEN_BEFORE, FROZEN_MEANWHILE, INVITED, TOLD_BEFORE, TOLD_MEANWHILE].map((phone) =>
  phone.slice(4),
);
const NONE = { plain: 0n, otherKey: 0n };

/** The same database with these keys. */
function withKeys(url: string, keys: readonly string[]): Db {
  const plugins = [new VaultPlugin(() => openVault(keys, trueChance))];
  return openPostgres(url, { onError: () => undefined, connections: 2, plugins }).db;
}

async function freeze(db: Db, id: string, phone: string): Promise<boolean> {
  const subject = { id, scope: 'phone', subject: phone, direction: 'out' } as const;
  const createdAt = new Date('2026-01-05Z');
  return await inTransaction(
    db,
    async (tx) => await insertFreeze(tx, { ...subject, reason: 'a doubt', createdBy: 'x', createdAt }),
  );
}

async function isFrozen(db: Db, phone: string): Promise<boolean> {
  const about = { ownerId: 'per_x', phone, method: 'wave', direction: 'out' } as const;
  return (await findFreeze(db, about)) !== undefined;
}

/** Begins as a sealed row does, under a key that nobody ever had. */
const FORGED = '\u0001deadbeef:not ours';

async function store(db: Db, id: string, body: string): Promise<void> {
  const callback = {
    id,
    provider: 'scripted',
    environment: 'sandbox',
    fingerprint: id,
    paymentId: undefined,
  } as const;
  await inTransaction(
    db,
    async (tx) =>
      await insertCallbacks(tx, [
        {
          ...callback,
          body: Buffer.from(body),
          contentType: 'application/json',
          verdict: { verdict: 'unsigned' },
          receivedAt: new Date('2026-01-05Z'),
        },
      ]),
  );
}

/** What a reader of the inbox sees. */
async function toldIn(db: Db): Promise<string[]> {
  const ids = ['cb_old', 'cb_new', 'cb_forged'];
  const stories = await inTransaction(
    db,
    async (tx) => await Promise.all(ids.map(async (id) => await lockCallback(tx, id))),
  );
  return stories.map((story) => Buffer.from(story?.body ?? []).toString());
}

test('frozen, invited and told numbers: plain for an older version, then sealed, under the next key as well', async () => {
  const clone = await clonePostgres();
  const { db } = clone;
  const ground = testGround();
  const { admin } = await openOffice({ db, ground });
  const now = ground.clock.now();
  try {
    await sql`alter table sealing disable trigger user`.execute(db);
    await sql`update sealing set later_plain = true`.execute(db);
    await sql`alter table sealing enable trigger user`.execute(db);
    // As an older version writes.
    await sql`insert into freezes (id, scope, subject, direction, reason, created_by, created_at)
      values ('frz_old', 'phone', ${FROZEN_BEFORE}, 'out', 'a doubt', 'x', ${now}),
        ('frz_way', 'method', 'visa', 'out', 'a doubt', 'x', ${now})`.execute(db);
    await sql`insert into operator_invitations (id, phone, role, token_hash, invited_by, invited_at, expires_at)
      values ('inv_old', ${INVITED}, 'finance', sha256('t'), ${admin.personId}, ${now}, ${after(now, DAY_MS)})`.execute(
      db,
    );
    expect(await freeze(db, 'frz_new', FROZEN_MEANWHILE)).toBe(true);
    await store(db, 'cb_old', '');
    await sql`update provider_callbacks set body = ${Buffer.from(TOLD_BEFORE)} where id = 'cb_old'`.execute(
      db,
    );
    await store(db, 'cb_new', TOLD_MEANWHILE);
    await store(db, 'cb_forged', FORGED);
    const told = [TOLD_BEFORE, TOLD_MEANWHILE, FORGED];
    expect(await toldIn(db)).toEqual(told);
    // And as it asks, and reads.
    const read = await sql<{ body: Buffer }>`select body from provider_callbacks where id = 'cb_new'`.execute(
      db,
    );
    expect(read.rows[0]?.body.toString()).toBe(TOLD_MEANWHILE);
    const seen = await sql`select id from freezes where subject = ${FROZEN_MEANWHILE}`.execute(db);
    expect(seen.rows).toHaveLength(1);
    expect(await freeze(db, 'frz_twice', FROZEN_BEFORE)).toBe(false);
    expect(await hashRowsOnce(db, SEALED_COLUMNS, 100)).toBe(0);

    const close = async () =>
      await inTransaction(db, async (tx) => await closeSealing(tx, ground.clock, SEALED_COLUMNS));
    expect([await close(), await close()]).toEqual([true, false]);
    expect(await resealAll(db, SEALED_COLUMNS, () => undefined)).toEqual(NONE);
    expect(await placesOf(db, NUMBERS)).toEqual([]);
    expect(await toldIn(db)).toEqual(told);
    expect(await listOpenFreezes(db)).toMatchObject([
      { id: 'frz_way', subject: 'visa' },
      { id: 'frz_old', subject: FROZEN_BEFORE },
      { id: 'frz_new', subject: FROZEN_MEANWHILE },
    ]);
    expect(await listOpenInvitations(db, now)).toMatchObject([{ phone: INVITED }]);

    const both = withKeys(clone.url, [NEXT_KEY, TEST_SEAL_KEY]);
    // One number is one freeze under whichever key, also where no index can say so.
    expect(await freeze(both, 'frz_other', FROZEN_BEFORE)).toBe(false);
    const walked: string[] = [];
    expect(await resealAll(both, SEALED_COLUMNS, ({ table }) => walked.push(table))).toEqual(NONE);
    expect(walked).toEqual(expect.arrayContaining(['freezes', 'operator_invitations', 'provider_callbacks']));
    await both.destroy();
    const alone = withKeys(clone.url, [NEXT_KEY]);
    expect(await toldIn(alone)).toEqual(told);
    expect(await isFrozen(alone, FROZEN_BEFORE)).toBe(true);
    expect(await isFrozen(alone, INVITED)).toBe(false);
    expect(await freeze(alone, 'frz_again', FROZEN_MEANWHILE)).toBe(false);
    await inTransaction(alone, async (tx) => await markFreezeLifted(tx, 'frz_new', 'x', now));
    expect(await freeze(alone, 'frz_again', FROZEN_MEANWHILE)).toBe(true);
    await alone.destroy();
  } finally {
    await clone.drop();
  }
});
