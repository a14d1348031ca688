import { expect, test } from 'vitest';
import { inTransaction } from '../postgres/in-transaction.ts';
import { accepted, refused } from '../refusal.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { findAccount } from './account.rows.ts';
import { type AccountId, accountCurrency, accountId, accountKind } from './account.ts';
import { readBalance } from './balance.ts';
import { ACCOUNT_ABSENT, ACCOUNT_NOT_EMPTY, closeAccount } from './close-account.ts';
import { AWA, FLOAT, KOFI, NEVER_OPENED, openAll, post, transfer } from './testing/ledger-fixture.ts';

test('an account id says kind, owner and currency, and only one way', () => {
  const box = accountId('cash', 'grp_1:per_2', 'GNF');
  expect(box).toBe('cash:grp_1:per_2:GNF');
  expect(accountCurrency(box)).toBe('GNF');
  expect(accountKind(box)).toBe('cash');
  for (const owner of ['', 'a b', 'a:', ':a', 'a:b:c', 'é', 'a\n']) {
    expect(() => accountId('member', owner, 'XOF'), owner).toThrow('cannot own an account');
  }
  expect(() => accountKind('toString:x:XOF' as AccountId)).toThrow('no kind');
  expect(() => accountCurrency('member:x:XXX' as AccountId)).toThrow('no currency');
});

test('an account that was never opened has no balance', async () => {
  const { db } = await freshDatabase();
  expect(await readBalance(db, NEVER_OPENED)).toBeUndefined();
});

test('only an empty account closes, and then it moves no more', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  await openAll(db, ground);
  const close = async (id: AccountId) =>
    await inTransaction(db, async (tx) => await closeAccount(tx, ground, id));
  const hold = ground.ids.uuid();
  await post(
    db,
    ground,
    transfer(ground.ids.uuid()),
    transfer(hold, { kind: 'pending', debit: AWA, credit: KOFI }),
  );
  expect(await close(NEVER_OPENED)).toEqual(refused(ACCOUNT_ABSENT));
  expect(await close(AWA)).toEqual(refused(ACCOUNT_NOT_EMPTY));
  expect(await close(KOFI)).toEqual(refused(ACCOUNT_NOT_EMPTY));
  const pay = transfer(ground.ids.uuid(), { kind: 'post', debit: AWA, credit: KOFI, pendingId: hold });
  expect(await post(db, ground, pay)).toEqual(['posted']);
  expect(await close(AWA)).toEqual(accepted(undefined));
  expect(await close(AWA)).toEqual(accepted(undefined));
  expect(await post(db, ground, transfer(ground.ids.uuid()))).toEqual(['account-closed']);
  // A retry of what happened before still gets its own answer.
  expect(await post(db, ground, pay)).toEqual(['exists']);
  await openAll(db, ground);
  expect((await findAccount(db, AWA))?.closedAt).toEqual(ground.clock.now());
});

test('closing an account and paying into it at once never locks money in', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const accounts = Array.from({ length: 20 }, (_, place) => accountId('member', `per_${place}`, 'XOF'));
  await openAll(db, ground, [FLOAT, ...accounts]);
  await Promise.all(
    accounts.flatMap((id) => [
      post(db, ground, transfer(ground.ids.uuid(), { credit: id })),
      inTransaction(db, async (tx) => await closeAccount(tx, ground, id)),
    ]),
  );
  for (const id of accounts) {
    const account = await findAccount(db, id);
    expect(account?.closedAt === null).toBe(account?.creditsPosted === 100n);
  }
});
