import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { actAs } from './act-as.ts';
import { findTrailPage } from './audit-entry.rows.ts';
import { factsText } from './audit-entry.ts';
import { recordAct } from './record-act.ts';
import { verifyTrail } from './verify-trail.ts';

async function write(office: Office, subjectId: string): Promise<void> {
  await inTransaction(office.db, async (tx) => {
    await recordAct(tx, office.ground, office.first, {
      act: 'freeze.placed',
      subjectId,
      reason: 'a reason',
      before: { b: '2', a: '1' },
    });
  });
}

test('acts that happen at once are written one after the other, in one chain', async () => {
  const office = await openOffice();
  await Promise.all(Array.from({ length: 20 }, async (_, place) => await write(office, `frz_${place}`)));
  const verdict = await verifyTrail(office.db);
  expect(verdict).toMatchObject({ ok: true, rows: 20n });
  const [newest] = await findTrailPage(office.db, { limit: 1 });
  expect(newest).toMatchObject({
    seq: 20n,
    actorRoles: 'finance',
    ip: '192.0.2.7',
    before: '{"a":"1","b":"2"}',
  });
});

test('an act that is undone leaves no entry', async () => {
  const office = await openOffice();
  const undone = inTransaction(office.db, async (tx) => {
    await recordAct(tx, office.ground, office.first, { act: 'freeze.placed', subjectId: 'frz_1' });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await verifyTrail(office.db)).toMatchObject({ ok: true, rows: 0n });
});

test('the role is asked before the act, and a refused act is not written down', async () => {
  const office = await openOffice();
  let ran = 0;
  const place = async (by = office.support, ok = true) =>
    await inTransaction(
      office.db,
      async (tx) =>
        await actAs(tx, office.ground, by, {
          needs: 'decide',
          run: async () => {
            ran += 1;
            return ok
              ? accepted({ value: 7, entry: { act: 'review.proposed', subjectId: 'rev_1' } as const })
              : refused(refusal('no', 'conflict', 'non', 'no'));
          },
        }),
    );
  expect(await place()).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  expect(await place(office.admin)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  expect(ran).toBe(0);
  expect(await place(office.first, false)).toMatchObject({ refusal: { code: 'no' } });
  expect(await place(office.first)).toEqual({ ok: true, value: 7 });
  expect(await findTrailPage(office.db, { limit: 9 })).toHaveLength(1);
});

test.each([
  [`update audit_entries set reason = 'another' where seq = 2`, 2n, 'altered'],
  [`update audit_entries set actor_id = 'per_x', link = link where seq = 3`, 3n, 'altered'],
  [`delete from audit_entries where seq = 2`, 2n, 'missing'],
  [`delete from audit_entries where seq = 4`, 4n, 'end-removed'],
] as const)('behind the back of the database: %s is found', async (attack, brokenSeq, reason) => {
  const office = await openOffice();
  for (const subject of ['frz_1', 'frz_2', 'frz_3', 'frz_4']) await write(office, subject);
  await expect(sql.raw(attack).execute(office.db)).rejects.toThrow('history');
  await sql`alter table audit_entries disable trigger user`.execute(office.db);
  await sql.raw(attack).execute(office.db);
  expect(await verifyTrail(office.db)).toEqual({ ok: false, brokenSeq, reason });
});

test('the end of the trail cannot be set back, nor skipped', async () => {
  const office = await openOffice();
  await write(office, 'frz_1');
  for (const attack of ['seq = 0', 'seq = 5']) {
    const going = sql.raw(`update audit_heads set ${attack}`).execute(office.db);
    await expect(going).rejects.toThrow('only grows');
  }
});

test('facts are one text whatever order they come in, without what is absent', () => {
  expect(factsText({ b: '2', a: '1', c: undefined })).toBe(factsText({ a: '1', b: '2' }));
  expect(factsText(undefined)).toBeUndefined();
});
