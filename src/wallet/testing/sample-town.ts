/**
 * Is a small town for tests of withdrawals: Awa and Koffi with a PIN and a wallet, and a provider that a test directs.
 *
 * Everything goes through the production acts; only the PIN's computation is made cheap, so that hundreds stay quick.
 */
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Db, Engine, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { type Answer, invariant } from '../../ground/refusal.ts';
import { freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import type { Identification } from '../../people/identification.ts';
import { findPerson, insertPerson } from '../../people/person.rows.ts';
import type { Person } from '../../people/person.ts';
import { argonHasher, type PinHasher } from '../../people/pin-hash.ts';
import { recordDevice } from '../../people/record-device.ts';
import { setPin } from '../../people/set-pin.ts';
import type { Payment } from '../../rails/payments/payment.ts';
import type { Service } from '../../rails/provider.ts';
import type { Rails } from '../../rails/rails.ts';
import { scriptedProvider, TEST_SERVICE } from '../../rails/testing/scripted-provider.ts';
import { confirmWithdrawal } from '../confirm-withdrawal.ts';
import { quoteWithdrawal } from '../quote-withdrawal.ts';
import { requestWithdrawal } from '../request-withdrawal.ts';
import { walletAccount } from '../wallet.ts';
import { WITHDRAWAL_POLICY, type WithdrawalPolicy } from '../withdrawal-policy.ts';
import type { WithdrawalRequest } from '../withdrawal-request.ts';

export const AWA = '+2250707070707';
export const KOFFI = '+2250505050505';
export const PIN = '4826';
export const PEPPER = new Uint8Array(32).fill(7);

/** The real computation with little memory. */
export const quickHasher: PinHasher = async (input) =>
  await argonHasher(PEPPER)({ ...input, cost: { memory_kib: 8, passes: 1 } });

/** A person with a PIN, and the browser that they use. */
export interface Resident {
  readonly person: Person;
  readonly deviceToken: string;
}

export interface TownOptions {
  readonly engine?: Engine;
  readonly service?: Partial<Service>;
  readonly policy?: Partial<WithdrawalPolicy>;
  readonly identification?: Identification;
}

export type Town = Awaited<ReturnType<typeof sampleTown>>;

/** Two residents with a PIN, a first device each and an empty wallet. The fee of the default policy is 1 %. */
export async function sampleTown(options: TownOptions = {}) {
  const { db } = await freshDatabase(options.engine);
  const ground = testGround();
  const provider = scriptedProvider(ground.clock, [{ ...TEST_SERVICE, ...options.service }]);
  const rails: Rails = {
    provider,
    feePolicy: 'wallet',
    fallbackFeeBasisPoints: 300,
    callbackUrl: (paymentId) => `https://example.org/${paymentId}`,
  };
  const policy = { ...WITHDRAWAL_POLICY, ...options.policy };
  const inTx = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => await inTransaction(db, act);

  const fund = async (person: Person, amount: bigint): Promise<void> =>
    await inTx(async (tx) => await payIn(tx, ground, person, amount));

  const availableOf = async (person: Person): Promise<bigint> =>
    (await readBalance(db, walletAccount(person)))?.available ?? 0n;

  /** Quotes and requests, as the form does; by default to the person's own number. */
  const ask = async (
    person: Person,
    amount: bigint,
    wish: { readonly phone?: string; readonly paymentId?: string } = {},
  ): Promise<Answer<WithdrawalRequest>> => {
    const quote = await quoteWithdrawal(rails, policy, {
      owner: person,
      destinationCountry: 'CI',
      method: TEST_SERVICE.method,
      amount: String(amount),
      available: await availableOf(person),
    });
    if (!quote.ok) return quote;
    const paymentId = wish.paymentId ?? ground.ids.next('pay');
    const phone = wish.phone ?? person.phone;
    return await inTx(
      async (tx) => await requestWithdrawal(tx, ground, { person, paymentId, phone, quote: quote.value }),
    );
  };

  const confirm = async (
    resident: Resident,
    paymentId: string,
    typed: { readonly pin?: unknown; readonly deviceToken?: unknown } = {},
  ): Promise<Answer<Payment>> =>
    await confirmWithdrawal(db, ground, rails, {
      personId: resident.person.id,
      paymentId,
      pin: PIN,
      hasher: quickHasher,
      deviceToken: resident.deviceToken,
      policy,
      ...typed,
    });

  const identification = options.identification ?? 'verified';
  const awa = await moveIn(db, ground, { phone: AWA, identification });
  const koffi = await moveIn(db, ground, { phone: KOFFI, identification });
  return { db, ground, provider, rails, policy, inTx, fund, availableOf, ask, confirm, awa, koffi };
}

async function moveIn(
  db: Db,
  ground: Ground,
  newcomer: { readonly phone: string; readonly identification: Identification },
): Promise<Resident> {
  const id = ground.ids.next('per');
  const createdAt = ground.clock.now();
  await inTransaction(
    db,
    async (tx) => await insertPerson(tx, { ...newcomer, id, country: 'CI', locale: 'fr', createdAt }),
  );
  granted(await setPin(db, ground, { personId: id, pin: PIN, hasher: quickHasher }));
  const device = await inTransaction(db, async (tx) => await recordDevice(tx, ground, { personId: id }));
  const person = await findPerson(db, id);
  invariant(person !== undefined, 'a resident was not written');
  return { person, deviceToken: device.token };
}

/** Puts money into a wallet, from the provider's float. */
async function payIn(tx: Tx, ground: Ground, person: Person, amount: bigint): Promise<void> {
  const float = accountId('float', 'scripted', 'XOF');
  const wallet = walletAccount(person);
  for (const account of [float, wallet]) await openAccount(tx, ground, account);
  const journal = { id: ground.ids.next('jrn'), kind: 'deposit.settled', occurredAt: ground.clock.now() };
  const id = derivedUuid(ground.ids.next('pay'), 'credit');
  await postOrThrow(tx, ground, [{ id, kind: 'single', debit: float, credit: wallet, amount, journal }]);
}

/** The value of an answer that must be yes; throws with the code of the refusal. */
export function granted<T>(answer: Answer<T>): T {
  invariant(answer.ok, answer.ok ? '' : `refused: ${answer.refusal.code}`);
  return answer.value;
}

/** `ok`, or the code of the refusal. */
export function outcome(answer: Answer<unknown>): string {
  return answer.ok ? 'ok' : answer.refusal.code;
}

/** How often each outcome came. */
export function tally(answers: readonly Answer<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[outcome(answer)] = (counts[outcome(answer)] ?? 0) + 1;
  return counts;
}
