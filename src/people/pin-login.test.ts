import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../ground/clock.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import type { Answer } from '../ground/refusal.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { findSession } from './find-session.ts';
import { CODE_LIMITS, type CodePurpose } from './login-code.ts';
import { openSession } from './open-session.ts';
import { findPerson, insertPerson } from './person.rows.ts';
import { storedPhone } from './phone-number.ts';
import { argonHasher, type PinHasher } from './pin-hash.ts';
import { requestCode } from './request-code.ts';
import { type PinChangeProof, setPin } from './set-pin.ts';
import { signInWithPin } from './sign-in-with-pin.ts';
import { verifyCode } from './verify-code.ts';
import { verifyPin } from './verify-pin.ts';

const AWA = '+2250707070707';
const WITHOUT_PIN = '+2250505050505';
const UNKNOWN = '+2250102030405';
const PEPPER = new Uint8Array(32).fill(7);

/** The real computation with little memory, so that hundreds of guesses stay quick; it counts its runs. */
function countingHasher(): { hasher: PinHasher; runs: () => number } {
  const real = argonHasher(PEPPER);
  let runs = 0;
  return {
    runs: () => runs,
    hasher: async (input) => {
      runs += 1;
      return await real({ ...input, cost: { memory_kib: 8, passes: 1 } });
    },
  };
}

/** Awa with PIN 4826, Koffi without a PIN, and one number that nobody has. */
async function town(engine: 'postgres' | 'pglite' = 'postgres') {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  const { hasher, runs } = countingHasher();
  const [awa, koffi] = [ground.ids.next('per'), ground.ids.next('per')];
  await inTransaction(db, async (tx) => {
    const person = { country: 'CI', locale: 'fr', createdAt: ground.clock.now() } as const;
    await insertPerson(tx, { ...person, id: awa, phone: AWA });
    await insertPerson(tx, { ...person, id: koffi, phone: WITHOUT_PIN });
  });
  const choose = async (pin: unknown, proof?: PinChangeProof, keepSession?: string) =>
    await setPin(db, ground, {
      personId: awa,
      pin,
      hasher,
      ...(proof && { proof }),
      ...(keepSession !== undefined && { keepSession }),
    });
  expect(await choose('4826')).toMatchObject({ ok: true });
  const enter = async (phone: string, pin: unknown) =>
    await signInWithPin(db, ground, {
      phone: storedPhone(phone),
      pin,
      hasher,
      origin: { ip: '192.0.2.1' },
    });
  const confirm = async (pin: unknown, personId: string = awa) =>
    await verifyPin(db, ground, { personId, pin, hasher });
  return { db, ground, runs, awa, koffi, choose, enter, confirm };
}

function outcome(answer: Answer<unknown>): string {
  return answer.ok ? 'ok' : answer.refusal.code;
}

test.each(['postgres', 'pglite'] as const)('on %s the right PIN logs in', async (engine) => {
  const { db, ground, awa, enter } = await town(engine);
  const login = await enter(AWA, '4826');
  expect(login).toMatchObject({ ok: true, value: { person: { id: awa, hasPin: true } } });
  expect(login.ok && (await findSession(db, ground, login.value.token))).toMatchObject({
    person: { id: awa },
  });
});

test('nothing tells an unknown number: same answers, same locks, same number of computations', async () => {
  const { ground, runs, enter } = await town();
  const histories = [];
  for (const phone of [AWA, WITHOUT_PIN, UNKNOWN]) {
    const history: unknown[] = [];
    for (const wait_ms of [0, 0, 0, 0, 0, 0, MINUTE_MS, 0, 5 * MINUTE_MS, 0]) {
      ground.clock.advance(wait_ms);
      const before = runs();
      const answer = await enter(phone, '5937');
      history.push([answer, runs() - before]);
    }
    histories.push(history);
  }
  const [known, withoutPin, unknown] = histories;
  expect(withoutPin).toEqual(known);
  expect(unknown).toEqual(known);
  expect(known?.map((entry) => (entry as [Answer<unknown>, number])[1])).toEqual([
    1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
  ]);
  expect(known?.map((entry) => outcome((entry as [Answer<unknown>, number])[0]))).toEqual([
    ...Array<string>(5).fill('pin-wrong'),
    'pin-locked',
    'pin-wrong',
    'pin-locked',
    'pin-wrong',
    'pin-locked',
  ]);
});

test('forty guesses at once are five computations, and then the right PIN waits too', async () => {
  const { ground, runs, enter } = await town();
  const before = runs();
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_empty, n) => await enter(AWA, `59${10 + n}`)),
  );
  expect(runs() - before).toBe(5);
  expect(answers.filter((answer) => outcome(answer) === 'pin-wrong')).toHaveLength(5);
  expect(answers.filter((answer) => outcome(answer) === 'pin-locked')).toHaveLength(35);
  expect(outcome(await enter(AWA, '4826'))).toBe('pin-locked');
  ground.clock.advance(MINUTE_MS);
  expect(outcome(await enter(AWA, '4826'))).toBe('ok');
});

test('a right PIN forgives the misses before it; a day of patience gives one guess', async () => {
  const { ground, enter } = await town();
  for (let miss = 0; miss < 4; miss++) await enter(AWA, '5937');
  expect(outcome(await enter(AWA, '4826'))).toBe('ok');
  for (const wait_ms of [0, 0, 0, 0, 0, 1, 5, 15, 60].map((minutes) => minutes * MINUTE_MS)) {
    ground.clock.advance(wait_ms);
    expect(outcome(await enter(AWA, '5937'))).toBe('pin-wrong');
  }
  ground.clock.advance(DAY_MS - 1);
  expect(outcome(await enter(AWA, '4826'))).toBe('pin-locked');
  ground.clock.advance(1);
  expect(outcome(await enter(AWA, '5937'))).toBe('pin-wrong');
  expect(outcome(await enter(AWA, '5937'))).toBe('pin-locked');
});

test('a stranger who guesses at the login page does not lock the person inside', async () => {
  const { enter, confirm } = await town();
  for (let miss = 0; miss < 8; miss++) await enter(AWA, '5937');
  expect(outcome(await enter(AWA, '4826'))).toBe('pin-locked');
  expect(outcome(await confirm('4826'))).toBe('ok');
});

test('before money leaves, a wrong PIN counts and locks like at the door', async () => {
  const { koffi, confirm } = await town();
  const outcomes = [];
  for (const pin of ['5937', '5937', '5937', '5937', '5937', '4826'])
    outcomes.push(outcome(await confirm(pin)));
  expect(outcomes).toEqual([...Array<string>(5).fill('pin-wrong'), 'pin-locked']);
  expect(outcome(await confirm('4826', koffi))).toBe('pin-not-set');
  expect(outcome(await confirm('4826', 'per_nobody'))).toBe('person-absent');
});

test('what is no PIN at all spends no try', async () => {
  const { runs, enter } = await town();
  const before = runs();
  for (let time = 0; time < 7; time++) {
    for (const pin of [undefined, '', '48', 'abcd', ['4826'], '４８２６']) {
      expect(outcome(await enter(AWA, pin))).toBe('pin-unreadable');
    }
  }
  expect(runs()).toBe(before);
  expect(outcome(await enter(AWA, '4826'))).toBe('ok');
});

test('a session alone does not replace a PIN; the present PIN does, and other devices are signed out', async () => {
  const { db, ground, awa, choose, enter } = await town();
  const here = await inTransaction(
    db,
    async (tx) => await openSession(tx, ground, { personId: awa, origin: { ip: '192.0.2.1' } }),
  );
  const elsewhere = await enter(AWA, '4826');
  expect(outcome(await choose('7391'))).toBe('pin-proof-missing');
  expect(outcome(await choose('7391', { kind: 'present-pin', pin: '5937' }))).toBe('pin-wrong');
  expect(outcome(await choose('1234', { kind: 'present-pin', pin: '4826' }))).toBe('pin-trivial');
  ground.clock.advance(MINUTE_MS);
  expect(outcome(await choose('7391', { kind: 'present-pin', pin: '4826' }, here.session.id))).toBe('ok');
  expect(await findSession(db, ground, here.token)).toBeDefined();
  expect(elsewhere.ok && (await findSession(db, ground, elsewhere.value.token))).toBeUndefined();
  expect(outcome(await enter(AWA, '4826'))).toBe('pin-wrong');
  expect(outcome(await enter(AWA, '7391'))).toBe('ok');
  expect((await findPerson(db, awa))?.pinChangedAt).toEqual(ground.clock.now());
});

test('a forgotten PIN is replaced with an SMS code made for that, and its lock goes with it', async () => {
  const { db, ground, choose, enter } = await town();
  for (let miss = 0; miss < 7; miss++) await enter(AWA, '5937');
  const prove = async <P extends CodePurpose>(phone: string, purpose: P) =>
    await inTransaction(db, async (tx) => {
      const request = { phone: storedPhone(phone), purpose, pepper: PEPPER };
      const sent = await requestCode(tx, ground, { ...request, ip: '192.0.2.1', limits: CODE_LIMITS });
      if (!sent.ok) throw new Error(sent.refusal.code);
      const verified = await verifyCode(tx, ground, { ...request, code: sent.value.code });
      if (!verified.ok) throw new Error(verified.refusal.code);
      return verified.value;
    });
  const foreign = await prove(WITHOUT_PIN, 'reset-pin');
  expect(outcome(await choose('7391', { kind: 'code', verified: foreign }))).toBe('pin-proof-missing');
  const own = await prove(AWA, 'reset-pin');
  expect(outcome(await choose('7391', { kind: 'code', verified: own }))).toBe('ok');
  expect(outcome(await enter(AWA, '7391'))).toBe('ok');
});

test('of five PIN changes at once one wins, and it is the PIN that works', async () => {
  const { choose, enter, ground } = await town();
  const pins = ['7391', '6138', '2947', '5074', '8352'];
  const answers = await Promise.all(
    pins.map(async (pin) => await choose(pin, { kind: 'present-pin', pin: '4826' })),
  );
  const winners = pins.filter((_pin, place) => answers[place]?.ok);
  expect(winners).toHaveLength(1);
  ground.clock.advance(DAY_MS);
  expect(outcome(await enter(AWA, winners[0]))).toBe('ok');
});
