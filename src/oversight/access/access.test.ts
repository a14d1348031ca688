import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { enrolSecondFactor } from '../../people/enrol-second-factor.ts';
import { findSession } from '../../people/find-session.ts';
import { openSession } from '../../people/open-session.ts';
import { findPersonByPhone, insertPerson } from '../../people/person.rows.ts';
import { parsePhone } from '../../people/phone-number.ts';
import { GRANTED_ROLES } from '../../people/role.ts';
import { findRoles } from '../../people/role-grant.rows.ts';
import { totpCode } from '../../people/totp.ts';
import { findTrailPage } from '../audit/audit-entry.rows.ts';
import { type Office, openOffice, operatorAs } from '../testing/office.ts';
import { acceptConsoleInvitation } from './accept-console-invitation.ts';
import { enterConsole } from './enter-console.ts';
import { inviteToConsole } from './invite-to-console.ts';
import { listTeam } from './list-team.ts';
import { may, PERMISSIONS } from './permission.ts';
import { takeRoleBack } from './take-role-back.ts';
import { unlinkAuthenticator } from './unlink-authenticator.ts';
import { unlinkFromHost } from './unlink-from-host.ts';

const KEY = new Uint8Array(32).fill(3);

async function actsOf(office: Office): Promise<string[]> {
  return (await findTrailPage(office.db, { limit: 50 })).map((entry) => entry.act).toReversed();
}

/** A session of an operator, with an authenticator that was shown its secret. */
async function enrolled(office: Office, personId: string) {
  const { db, ground } = office;
  return await inTransaction(db, async (tx) => {
    const { session, token } = await openSession(tx, ground, { personId, origin: { ip: '192.0.2.7' } });
    const secret = await enrolSecondFactor(tx, ground, { personId, key: KEY });
    if (!secret.ok) throw new Error(secret.refusal.code);
    return { sessionId: session.id, token, secret: secret.value };
  });
}

async function enter(office: Office, typed: { sessionId: string; code: string }) {
  const { db, ground, support } = office;
  const proof = { ...typed, personId: support.personId, key: KEY };
  return await inTransaction(db, async (tx) => await enterConsole(tx, ground, support, proof));
}

test('no role may everything, and nothing is allowed to a member', () => {
  for (const role of GRANTED_ROLES) {
    const allowed = Object.values(PERMISSIONS).filter((row) => row[role]);
    expect(allowed.length).toBeLessThan(Object.keys(PERMISSIONS).length);
  }
  expect(may(['member'], 'see')).toBe(false);
  expect(may(['member', 'operator', 'finance'], 'decide')).toBe(true);
  expect(may(['member', 'admin'], 'decide')).toBe(false);
  expect(may(['member', 'finance'], 'manage-access')).toBe(false);
});

test('a right code opens the console for one session, once', async () => {
  const office = await openOffice();
  const { sessionId, token, secret } = await enrolled(office, office.support.personId);
  const code = totpCode(secret, office.ground.clock.now());
  const secondFactorAt = async () =>
    (await findSession(office.db, office.ground, token))?.session.secondFactorAt;
  expect(await secondFactorAt()).toBeUndefined();
  expect(await enter(office, { sessionId, code })).toMatchObject({ ok: true });
  expect(await secondFactorAt()).toEqual(office.ground.clock.now());
  expect(await enter(office, { sessionId, code })).toMatchObject({
    refusal: { code: 'second-factor-wrong' },
  });
  expect(await actsOf(office)).toEqual(['console.entered']);
  const again = inTransaction(
    office.db,
    async (tx) => await enrolSecondFactor(tx, office.ground, { personId: office.support.personId, key: KEY }),
  );
  expect(await again).toMatchObject({ refusal: { code: 'second-factor-held' } });
});

test('five wrong codes lock it for a quarter of an hour, also for the right one', async () => {
  const office = await openOffice();
  const { sessionId, secret } = await enrolled(office, office.support.personId);
  const codes: (string | undefined)[] = [];
  for (let turn = 0; turn < 6; turn++) {
    const answer = await enter(office, { sessionId, code: '12' });
    codes.push(answer.ok ? undefined : answer.refusal.code);
  }
  expect(codes.slice(3)).toEqual(['second-factor-wrong', 'second-factor-locked', 'second-factor-locked']);
  const right = () => ({ sessionId, code: totpCode(secret, office.ground.clock.now()) });
  expect(await enter(office, right())).toMatchObject({ refusal: { code: 'second-factor-locked' } });
  office.ground.clock.advance(15 * MINUTE_MS);
  expect(await enter(office, right())).toMatchObject({ ok: true });
});

test('a copy of the row opens nothing for somebody else', async () => {
  const office = await openOffice();
  const mine = await enrolled(office, office.support.personId);
  await enrolled(office, office.admin.personId);
  const row = await office.db
    .selectFrom('second_factors')
    .select('sealed_secret')
    .where('person_id', '=', office.admin.personId)
    .executeTakeFirstOrThrow();
  await office.db
    .updateTable('second_factors')
    .set({ sealed_secret: row.sealed_secret })
    .where('person_id', '=', office.support.personId)
    .execute();
  await expect(enter(office, { sessionId: mine.sessionId, code: '123456' })).rejects.toThrow();
});

async function newcomer(office: Office, phone: string) {
  const { db, ground } = office;
  const id = ground.ids.next('per');
  await inTransaction(db, async (tx) => {
    await insertPerson(tx, { id, phone, country: 'CI', locale: 'fr', createdAt: ground.clock.now() });
  });
  const person = await findPersonByPhone(db, phone);
  if (person === undefined) throw new Error('nobody came');
  return person;
}

async function invite(office: Office, by = office.admin) {
  const phone = parsePhone('+2250707070707');
  if (!phone.ok) throw new Error('no phone');
  return await inTransaction(
    office.db,
    async (tx) => await inviteToConsole(tx, office.ground, by, { phone: phone.value, role: 'finance' }),
  );
}

async function accept(office: Office, token: string, person: Awaited<ReturnType<typeof newcomer>>) {
  const by = operatorAs(person.id, ['member']);
  return await inTransaction(
    office.db,
    async (tx) => await acceptConsoleInvitation(tx, office.ground, by, { token, person }),
  );
}

test('an invitation is for one number, once, in the name of an admin who still is one', async () => {
  const office = await openOffice();
  const awa = await newcomer(office, '+2250707070707');
  const kofi = await newcomer(office, '+2250505050505');
  expect(await invite(office, office.first)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  const first = await invite(office);
  const second = await invite(office);
  if (!first.ok || !second.ok) throw new Error('not invited');
  const absent = { refusal: { code: 'invitation-absent' } };
  expect(await accept(office, first.value.token, awa)).toMatchObject(absent);
  expect(await accept(office, second.value.token, kofi)).toMatchObject(absent);
  expect(await accept(office, second.value.token, awa)).toMatchObject({ ok: true });
  expect(await accept(office, second.value.token, awa)).toMatchObject(absent);
  expect(await findRoles(office.db, awa.id)).toEqual(['member', 'finance']);
  expect(await actsOf(office)).toEqual(['access.invited', 'access.invited', 'access.accepted']);
});

test('an invitation dies after two days', async () => {
  const office = await openOffice();
  const awa = await newcomer(office, '+2250707070707');
  const invited = await invite(office);
  if (!invited.ok) throw new Error('not invited');
  office.ground.clock.advance(2 * DAY_MS);
  expect(await accept(office, invited.value.token, awa)).toMatchObject({
    refusal: { code: 'invitation-absent' },
  });
});

test('taking a role back and unlinking a phone end the sessions, and are written down', async () => {
  const office = await openOffice();
  const { db, ground, admin, support, first } = office;
  const { token } = await enrolled(office, first.personId);
  const unlink = async (by = admin) =>
    await inTransaction(db, async (tx) => await unlinkAuthenticator(tx, ground, by, first.personId));
  expect(await unlink(support)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  expect(await unlink()).toMatchObject({ ok: true });
  expect(await findSession(db, ground, token)).toBeUndefined();
  const back = async () =>
    await inTransaction(
      db,
      async (tx) => await takeRoleBack(tx, ground, admin, { personId: first.personId, role: 'finance' }),
    );
  expect(await back()).toMatchObject({ ok: true });
  expect(await back()).toMatchObject({ refusal: { code: 'role-not-held' } });
  expect(await actsOf(office)).toEqual(['access.factor-unlinked', 'access.role-revoked']);
  expect((await listTeam(db, ground.clock.now())).map((member) => member.roles)).toEqual([
    ['operator'],
    ['finance'],
    ['admin'],
  ]);
});

test('the host lets a sole admin link another phone, with a reason that the trail keeps', async () => {
  const office = await openOffice();
  const { db, ground, admin } = office;
  const { token, secret } = await enrolled(office, admin.personId);
  const unlink = async (reason: string) =>
    await inTransaction(
      db,
      async (tx) => await unlinkFromHost(tx, ground, { personId: admin.personId, reason }),
    );
  expect(await unlink('  ')).toMatchObject({ refusal: { code: 'console-reason-missing' } });
  expect(await unlink('the phone was stolen')).toMatchObject({ ok: true });
  expect(await unlink('again')).toMatchObject({ refusal: { code: 'second-factor-not-linked' } });
  expect(await findSession(db, ground, token)).toBeUndefined();
  expect((await enrolled(office, admin.personId)).secret).not.toEqual(secret);
  expect(await findTrailPage(db, { limit: 9 })).toMatchObject([
    { act: 'access.factor-unlinked', actorId: 'host', actorRoles: '', reason: 'the phone was stolen' },
  ]);
});
