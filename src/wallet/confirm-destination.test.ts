import { expect, test } from 'vitest';
import { CODE_LIMITS, type CodePurpose } from '../people/login-code.ts';
import { storedPhone } from '../people/phone-number.ts';
import { requestCode } from '../people/request-code.ts';
import { verifyCode } from '../people/verify-code.ts';
import { confirmDestination } from './confirm-destination.ts';
import { isConfirmedDestination } from './destination.ts';
import { AWA, granted, KOFFI, outcome, PEPPER, sampleTown, type Town } from './testing/sample-town.ts';

const SISTER = '+2250101010105';
const OTHER = '+2250101010106';

/** Sends a code to a phone for one purpose, and types it for another or the same. */
async function prove<P extends CodePurpose>(town: Town, phone: string, sentFor: CodePurpose, typedFor: P) {
  return await town.inTx(async (tx) => {
    const to = { phone: storedPhone(phone), pepper: PEPPER };
    const sent = await requestCode(tx, town.ground, {
      ...to,
      purpose: sentFor,
      ip: '192.0.2.1',
      limits: CODE_LIMITS,
    });
    return await verifyCode(tx, town.ground, { ...to, purpose: typedFor, code: granted(sent).code });
  });
}

test('a code on the own phone allows the one number that it was made for', async () => {
  const town = await sampleTown();
  const { db, inTx, ground, awa } = town;
  const personId = awa.person.id;
  const verified = granted(await prove(town, AWA, `destination:${SISTER}`, `destination:${SISTER}`));
  const allow = async (phone: string) =>
    await inTx(async (tx) => await confirmDestination(tx, ground, { personId, phone, verified }));
  expect(outcome(await allow(OTHER))).toBe('destination-proof-missing');
  expect(await isConfirmedDestination(db, awa.person, SISTER)).toBe(false);
  expect(outcome(await allow(SISTER))).toBe('ok');
  expect(outcome(await allow(SISTER))).toBe('ok');
  expect(await isConfirmedDestination(db, awa.person, SISTER)).toBe(true);
  expect(await isConfirmedDestination(db, awa.person, OTHER)).toBe(false);
  expect(await isConfirmedDestination(db, town.koffi.person, SISTER)).toBe(false);
});

test('a code for one destination, or to log in, is wrong for another', async () => {
  const town = await sampleTown();
  const wrong = await prove(town, AWA, `destination:${SISTER}`, `destination:${OTHER}`);
  expect(outcome(wrong)).toBe('code-closed');
  expect(outcome(await prove(town, AWA, 'login', `destination:${OTHER}`))).toBe('code-closed');
});

test('a code on the destination’s own phone proves nothing about the person who pays', async () => {
  const town = await sampleTown();
  const { inTx, ground, awa } = town;
  const verified = granted(await prove(town, KOFFI, `destination:${KOFFI}`, `destination:${KOFFI}`));
  const asked = { personId: awa.person.id, phone: KOFFI, verified };
  expect(outcome(await inTx(async (tx) => await confirmDestination(tx, ground, asked)))).toBe(
    'destination-proof-missing',
  );
  const nobody = { ...asked, personId: 'per_nobody' };
  expect(outcome(await inTx(async (tx) => await confirmDestination(tx, ground, nobody)))).toBe(
    'person-absent',
  );
});

test('the own number needs no code', async () => {
  const { db, awa, koffi } = await sampleTown();
  expect(await isConfirmedDestination(db, awa.person, AWA)).toBe(true);
  expect(await isConfirmedDestination(db, koffi.person, AWA)).toBe(false);
});
