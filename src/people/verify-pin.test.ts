import { expect, test } from 'vitest';
import { MINUTE_MS } from '../ground/clock.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import type { Answer } from '../ground/refusal.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { findPerson, insertPerson } from './person.rows.ts';
import { argonHasher, type PinHasher } from './pin-hash.ts';
import { setPin } from './set-pin.ts';
import { verifyPin } from './verify-pin.ts';

const PEPPER = new Uint8Array(32).fill(7);

/** Awa with PIN 4826 inside her session; `during` runs once, in the middle of the next computation. */
async function inside() {
  const { db } = await freshDatabase();
  const ground = testGround();
  let runs = 0;
  let during: (() => Promise<void>) | undefined;
  const real = argonHasher(PEPPER);
  const hasher: PinHasher = async (input) => {
    runs += 1;
    const tag = await real({ ...input, cost: { memory_kib: 8, passes: 1 } });
    const meanwhile = during;
    during = undefined;
    await meanwhile?.();
    return tag;
  };
  const awa = ground.ids.next('per');
  const createdAt = ground.clock.now();
  await inTransaction(
    db,
    async (tx) =>
      await insertPerson(tx, { id: awa, phone: '+2250707070707', country: 'CI', locale: 'fr', createdAt }),
  );
  await setPin(db, ground, { personId: awa, pin: '4826', hasher });
  const confirm = async (pin: unknown) => await verifyPin(db, ground, { personId: awa, pin, hasher });
  const replace = async (present: string, pin: string) =>
    await setPin(db, ground, { personId: awa, pin, proof: { kind: 'present-pin', pin: present }, hasher });
  return {
    db,
    ground,
    awa,
    confirm,
    replace,
    runs: () => runs,
    meanwhile: (act: () => Promise<void>) => {
      during = act;
    },
  };
}

function outcome(answer: Answer<unknown>): string {
  return answer.ok ? 'ok' : answer.refusal.code;
}

test('the right PIN typed fifty times at once is right fifty times', async () => {
  const { confirm } = await inside();
  const answers = await Promise.all(Array.from({ length: 50 }, async () => await confirm('4826')));
  expect(answers.map(outcome)).toEqual(Array(50).fill('ok'));
});

test('of forty guesses at once five are answered; a right one among the others is not told', async () => {
  const { ground, confirm, runs } = await inside();
  const guesses = Array.from({ length: 40 }, async (_empty, n) => await confirm(`59${10 + n}`));
  const late = (await Promise.all(guesses)).map(outcome);
  expect(late.filter((code) => code === 'pin-wrong')).toHaveLength(5);
  expect(late.filter((code) => code === 'pin-locked')).toHaveLength(35);
  const before = runs();
  expect(outcome(await confirm('4826'))).toBe('pin-locked');
  expect(runs()).toBe(before);
  ground.clock.advance(MINUTE_MS);
  expect(outcome(await confirm('4826'))).toBe('ok');
});

test('a right PIN whose computation ends under a lock is refused like a wrong one', async () => {
  const { confirm, meanwhile } = await inside();
  for (let miss = 0; miss < 4; miss++) await confirm('5937');
  meanwhile(async () => {
    expect(outcome(await confirm('5938'))).toBe('pin-wrong');
  });
  expect(outcome(await confirm('4826'))).toBe('pin-locked');
});

test('a PIN that was replaced while it was computed is an old PIN', async () => {
  const { confirm, replace, meanwhile } = await inside();
  meanwhile(async () => {
    expect(outcome(await replace('4826', '7391'))).toBe('ok');
  });
  expect(outcome(await confirm('4826'))).toBe('pin-wrong');
  expect(outcome(await confirm('7391'))).toBe('ok');
});

test('a first PIN leaves no mark of a replacement, the second does', async () => {
  const { db, ground, awa, replace } = await inside();
  expect(await findPerson(db, awa)).toMatchObject({
    pinChangedAt: ground.clock.now(),
    pinReplacedAt: undefined,
  });
  ground.clock.advance(MINUTE_MS);
  expect(outcome(await replace('4826', '7391'))).toBe('ok');
  expect(await findPerson(db, awa)).toMatchObject({ pinReplacedAt: ground.clock.now() });
});
